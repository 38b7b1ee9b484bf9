import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { buildSync } from "esbuild";
import { bundles, bundling } from "../scripts/bundles.ts";
import { startCompilerServer } from "./infra/compiler-server.ts";

/**
 * Bundles the current src/ once for each run of jest: into dist/ for suites that start processes,
 * and with tests' own entry points for the others.
 */
export default async function setUp(): Promise<void> {
  const root = resolve(__dirname, "..");
  execFileSync(process.execPath, [join(root, "scripts/build.ts")], { cwd: root, stdio: "inherit" });
  const outdir = mkdtempSync(join(root, ".cache/programs-"));
  const entryPoints = {
    ...bundles,
    main: "test/worker/program.ts",
    "application-insights": "test/worker/application-insights.ts",
  };
  buildSync({ ...bundling, absWorkingDir: root, entryPoints, outdir });
  process.env["TEST_PROGRAMS"] = join(outdir, "main.cjs");
  process.on("exit", () => {
    rmSync(outdir, { recursive: true });
  });
  // Hundreds of processes start the same code, and compiling is half of a start.
  process.env["NODE_COMPILE_CACHE"] = join(root, ".cache/compiled");
  await startCompilerServer();
}
