import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { buildSync } from "esbuild";

export interface BundledApp {
  readonly directory: string;
  remove(): void;
}

/** A Functions app of one source text, bundled as the real one is, in a folder of its own. */
export function bundleApp(source: string, hostJson: object = {}): BundledApp {
  const directory = mkdtempSync(join(tmpdir(), "functions-app-"));
  buildSync({
    stdin: { contents: source, resolveDir: resolve("."), loader: "ts" },
    outfile: join(directory, "dist/entry.cjs"),
    bundle: true,
    platform: "node",
    format: "cjs",
    external: ["@azure/functions-core"],
  });
  writeFileSync(join(directory, "package.json"), JSON.stringify({ main: "dist/entry.cjs" }));
  writeFileSync(join(directory, "host.json"), JSON.stringify({ version: "2.0", ...hostJson }));
  return {
    directory,
    remove() {
      rmSync(directory, { recursive: true });
    },
  };
}
