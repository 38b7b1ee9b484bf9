import { execFileSync } from "node:child_process";
import { join, resolve } from "node:path";
import { startCompilerServer } from "./infra/compiler-server.ts";

/** Once for each run of jest: the suites start the bundle in dist/, so it has to be that of today's src/. */
export default async function setUp(): Promise<void> {
  execFileSync(process.execPath, [join(__dirname, "../scripts/build.ts")], {
    cwd: resolve(__dirname, ".."),
    stdio: "inherit",
  });
  // Hundreds of processes start the same code. Compiling it is half of what a start costs.
  process.env["NODE_COMPILE_CACHE"] = resolve(__dirname, "../.cache/compiled");
  await startCompilerServer();
}
