import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type * as esbuild from "esbuild";
import { bundles, bundling } from "../../scripts/bundles.ts";
import type {} from "./environment.ts";

const root = resolve(__dirname, "../..");
const pauseMs = 50;

/** Bundles the current src/ into dist/, for a suite that starts the app in a process of its own. */
export function buildApp(): void {
  buildOnce("app", () => {
    execFileSync(process.execPath, ["scripts/build.ts"], { cwd: root, stdio: "inherit" });
  });
}

/** Bundles the current src/ with the tests' own entry points. Returns the path of the main one. */
export function buildPrograms(): string {
  const outdir = join(folder(), "programs");
  buildOnce("programs", () => {
    // Jest would load esbuild again in every suite, also in those that do not build.
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

/** Builds in the first worker that asks during a run of jest. Other workers wait for the result. */
function buildOnce(name: string, build: () => void): void {
  const state = (word: string) => join(folder(), `${name}.${word}`);
  try {
    mkdirSync(state("begun"));
  } catch {
    while (!existsSync(state("done"))) {
      if (existsSync(state("failed"))) throw new Error(`Another suite could not build ${name}.`);
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

/** The folder of this run, from test/global-setup.ts. */
const folder = () => process.env["TEST_BUILDS"] ?? "";
