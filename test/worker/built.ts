import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type * as esbuild from "esbuild";
import { bundles, bundling } from "../../scripts/bundles.ts";
import type {} from "./environment.ts";

const root = resolve(__dirname, "../..");
const pauseMs = 50;

export function buildApp(): void {
  buildOnce("app", () => {
    execFileSync(process.execPath, ["scripts/build.ts"], { cwd: root, stdio: "inherit" });
  });
}

/** Returns the folder of the tarball, of the app's archive and of the bill of materials. */
export function buildPackage(): string {
  const into = join(folder(), "package");
  buildApp();
  buildOnce("package", () => {
    mkdirSync(into);
    execFileSync(process.execPath, ["scripts/package.ts", "--into", into], { cwd: root });
  });
  return into;
}

export function buildPrograms(): string {
  const outdir = join(folder(), "programs");
  buildOnce("programs", () => {
    // An import would load esbuild in every suite, even in a suite that builds nothing.
    const { buildSync } = nodeRequire("esbuild") as typeof esbuild;
    const entryPoints = {
      ...bundles,
      main: "test/worker/program.ts",
      "application-insights": "test/worker/application-insights.ts",
    };
    buildSync({ ...bundling, absWorkingDir: root, entryPoints, outdir });
  });
  return join(outdir, "main.cjs");
}

/** Only the first of jest's workers builds. The other workers wait for the result. */
function buildOnce(name: string, build: () => void): void {
  const state = (word: string) => join(folder(), `${name}.${word}`);
  try {
    mkdirSync(state("begun"));
  } catch {
    while (!existsSync(state("done"))) {
      if (existsSync(state("failed")))
        throw new Error(`Another suite could not build ${name}. See the error of that suite.`);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pauseMs);
    }
    return;
  }
  let result = "failed";
  try {
    build();
    result = "done";
  } finally {
    writeFileSync(state(result), "");
  }
}

/** Returns the folder that test/global-setup.ts created for the bundles of this run. */
const folder = () => process.env["TEST_BUILDS"] ?? "";
