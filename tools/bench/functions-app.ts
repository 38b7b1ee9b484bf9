import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { buildSync } from "esbuild";

export interface FunctionsApp {
  /** What the local host serves: a package.json with its main, and a host.json. */
  readonly directory: string;
  remove(): void;
}

/**
 * One file, built with the options of scripts/build.ts, so that a cold start reads as few files as
 * ours, and as little.
 */
export function createBundledApp(entry: string): FunctionsApp {
  return createApp((directory) => {
    const main = "dist/main.cjs";
    buildSync({
      entryPoints: [entry],
      outfile: join(directory, main),
      bundle: true,
      platform: "node",
      target: "node22",
      format: "cjs",
      mainFields: ["module", "main"],
      conditions: ["import", "module"],
      external: ["@azure/functions-core"],
      logLevel: "warning",
    });
    return main;
  });
}

/** The source as it stands, with its packages in node_modules. */
export function createPlainApp(entry: string): FunctionsApp {
  return createApp((directory) => relative(directory, entry));
}

function createApp(createMain: (directory: string) => string): FunctionsApp {
  const directory = mkdtempSync(join(tmpdir(), "bench-app-"));
  writeFileSync(join(directory, "package.json"), JSON.stringify({ main: createMain(directory) }));
  // What it logs is formatted, which is the worker's part, and written nowhere, which is the
  // host's.
  const hostJson = { version: "2.0", logging: { logLevel: { Function: "Warning" } } };
  writeFileSync(join(directory, "host.json"), JSON.stringify(hostJson));
  return {
    directory,
    remove() {
      rmSync(directory, { recursive: true });
    },
  };
}
