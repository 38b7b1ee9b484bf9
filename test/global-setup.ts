import { execFileSync } from "node:child_process";
import { join, resolve } from "node:path";

/** Once for each run of jest: the suites start the bundle in dist/, so it has to be that of today's src/. */
export default function setUp(): void {
  execFileSync(process.execPath, [join(__dirname, "../scripts/build.ts")], {
    cwd: resolve(__dirname, ".."),
    stdio: "inherit",
  });
}
