import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { startCompilerServer } from "./infra/compiler-server.ts";

/** Prepares a run of jest. The first suite that needs a build starts the build. */
export default async function setUp(): Promise<void> {
  const cache = resolve(__dirname, "../.cache");
  mkdirSync(cache, { recursive: true });
  const builds = mkdtempSync(join(cache, "builds-"));
  process.env["TEST_BUILDS"] = builds;
  process.on("exit", () => {
    rmSync(builds, { recursive: true });
  });
  // Hundreds of processes start the same code, and compiling it takes half of each start.
  process.env["NODE_COMPILE_CACHE"] = join(cache, "compiled");
  await startCompilerServer();
}
