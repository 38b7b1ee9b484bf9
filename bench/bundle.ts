import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSync } from "esbuild";

export interface Bundle {
  /** For the local host: package.json, host.json and the bundle. */
  readonly directory: string;
  remove(): void;
}

/** A Functions app in one file, built as ours is (scripts/build.ts): so its cold start reads as few files, and as little. */
export function bundle(entry: string): Bundle {
  const directory = mkdtempSync(join(tmpdir(), "bench-app-"));
  buildSync({
    entryPoints: [entry],
    outfile: join(directory, "dist/main.cjs"),
    bundle: true,
    platform: "node",
    target: "node22",
    format: "cjs",
    mainFields: ["module", "main"],
    conditions: ["import", "module"],
    external: ["@azure/functions-core"],
    logLevel: "warning",
  });
  // What it logs is formatted, which is the worker's part, and written nowhere, which is the host's.
  const hostJson = { version: "2.0", logging: { logLevel: { Function: "Warning" } } };
  writeFileSync(join(directory, "host.json"), JSON.stringify(hostJson));
  writeFileSync(join(directory, "package.json"), JSON.stringify({ main: "dist/main.cjs" }));
  return {
    directory,
    remove() {
      rmSync(directory, { recursive: true });
    },
  };
}
