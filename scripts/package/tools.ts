import { build, type BuildOptions } from "esbuild";

/** Names in the package's folder tools/, without .js. The names of commands are in tools/command.js. */
const entryPoints = {
  start: "tools/local/main.ts",
  "local-host": "tools/local/host.ts",
  "local/func-worker": "tools/local/func-worker.js",
  hook: "tools/hook/main.ts",
  init: "tools/init/main.ts",
  okta: "tools/okta/main.ts",
  accept: "tools/accept/main.ts",
  "check-values": "tools/check-environment/main.ts",
  "check-setting": "tools/check-environment/check-setting.ts",
  "print-grants": "tools/grants/main.ts",
  preflight: "tools/preflight/main.ts",
  "write-okta": "tools/okta/write-wanted-state.ts",
};

const all = {
  bundle: true,
  format: "esm",
  metafile: true,
  logLevel: "warning",
} as const satisfies BuildOptions;

/** The phone page's script, for esbuild. */
export const page = {
  ...all,
  entryPoints: ["tools/local/phone/page/page.tsx"],
  target: "es2024",
  jsx: "automatic",
  jsxImportSource: "preact",
} as const satisfies BuildOptions;

/** Compiles the tools and the phone page into the folder. Returns both metafiles as JSON. */
export async function buildTools(folder: string): Promise<string> {
  const tools = await build({
    ...all,
    entryPoints,
    outdir: `${folder}/tools`,
    // Every file is directly in tools/, as tools/product.ts requires.
    chunkNames: "[name]-[hash]",
    splitting: true,
    platform: "node",
    target: "node22.21",
    mainFields: ["module", "main"],
    // CommonJS packages call require(), which ES modules do not have.
    banner: {
      js: 'import { createRequire as createRequireOfBundle } from "node:module"; const require = createRequireOfBundle(import.meta.url);',
    },
    external: ["esbuild"],
  });
  const { metafile } = await build({ ...page, outdir: `${folder}/tools/local/phone/page` });
  return JSON.stringify({ inputs: { ...tools.metafile.inputs, ...metafile.inputs } });
}
