import type { ValidationConfig, validate } from "@actions/languageservice";
import { buildSync } from "esbuild";
import { randomUUID } from "node:crypto";
import { compileFunction } from "node:vm";
import { readProjectFile, root } from "./snapshot.ts";

const service = loadService();

export async function lintWorkflow(source: string): Promise<string[]> {
  // The service caches files by name.
  const document = { uri: `file:///.github/workflows/${randomUUID()}.yml`, getText: () => source };
  const found = await service.validate(document as Parameters<typeof validate>[0], config);
  return found.map(
    ({ range, message }) => `line ${range.start.line + 1}: ${JSON.stringify(message)}`,
  );
}

/** Loads GitHub's parser from a bundle, because jest cannot load its ES modules. */
function loadService(): { validate: typeof validate } {
  const [bundle] = buildSync({
    stdin: { contents: 'export { validate } from "@actions/languageservice"', resolveDir: root },
    bundle: true,
    write: false,
    format: "cjs",
    platform: "node",
    logLevel: "error",
  }).outputFiles;
  const module = { exports: {} };
  const load = compileFunction(bundle?.text ?? "", ["module", "require"]) as (
    ...names: unknown[]
  ) => void;
  load(module, require);
  return module.exports as { validate: typeof validate };
}

const config: ValidationConfig = {
  fileProvider: {
    getFileContent: ({ path }) => Promise.resolve({ name: path, content: readProjectFile(path) }),
  },
};
