import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { startCompilerServer } from "./infra/compiler-server.ts";

/** Prepares a run of jest, but builds nothing. The first suite that needs a bundle builds it. */
export default async function setUp(): Promise<void> {
  const cache = resolve(__dirname, "../.cache");
  mkdirSync(cache, { recursive: true });
  const builds = mkdtempSync(join(cache, "builds-"));
  process.env["TEST_BUILDS"] = builds;
  process.on("exit", () => {
    rmSync(builds, { recursive: true });
  });
  // Without a cache, each of the hundreds of processes compiles for half of its start.
  process.env["NODE_COMPILE_CACHE"] = join(cache, "compiled");
  await startCompilerServer();
}
