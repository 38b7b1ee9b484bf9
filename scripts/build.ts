import { mkdir, readdir, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { build } from "esbuild";
import { replaceFile } from "./replace-file.ts";
import { answerUsage } from "./usage.ts";

answerUsage(
  "npm run build\n\nBundles src/ into dist/, and writes what each bundle is made of to .cache/metafile.json.",
);

// Five CommonJS bundles, not minified: telemetry and the table are loaded after the first answer, the Azure SDKs where there
// is a vault, jose where tokens are accepted, and each pays only when its code is in a file of its own (docs/decisions.md).
const { metafile, outputFiles } = await build({
  entryPoints: {
    main: "src/main.ts",
    "key-vault": "src/azure/key-vault.ts",
    "application-insights": "src/azure/application-insights.ts",
    tables: "src/azure/code-table-client.ts",
    "access-token": "src/okta/access-token.ts",
  },
  outdir: "dist",
  outExtension: { ".js": ".cjs" },
  bundle: true,
  platform: "node",
  target: "node22",
  format: "cjs",
  sourcemap: "linked",
  sourcesContent: false,
  // ES module builds are tree-shaken: a third less of the Azure SDKs is shipped.
  mainFields: ["module", "main"],
  conditions: ["import", "module"],
  // @azure/functions-core exists only inside the Functions worker. debug does without supports-color, which is here for development.
  external: [
    "@azure/functions-core",
    "supports-color",
    "./key-vault.cjs",
    "./application-insights.cjs",
    "./tables.cjs",
    "./access-token.cjs",
  ],
  metafile: true,
  write: false,
  logLevel: "warning",
});
// What runs beside this build, such as another run of the tests, finds each bundle whole.
await mkdir("dist", { recursive: true });
for (const { path, contents } of outputFiles) await replaceFile(path, contents);
const built = outputFiles.map(({ path }) => basename(path));
for (const name of await readdir("dist")) if (!built.includes(name)) await rm(join("dist", name), { recursive: true });
// Not in dist/, all of which is deployed.
await replaceFile(".cache/metafile.json", JSON.stringify(metafile));
