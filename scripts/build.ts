import { mkdir, rm, writeFile } from "node:fs/promises";
import { build } from "esbuild";
import { answerUsage } from "./usage.ts";

answerUsage(
  "npm run build\n\nBundles src/ into dist/, and writes what each bundle is made of to .cache/metafile.json.",
);

// Five CommonJS bundles, not minified: telemetry and the table are loaded after the first answer, the Azure SDKs where there
// is a vault, jose where tokens are accepted, and each pays only when its code is in a file of its own (docs/decisions.md).
await rm("dist", { recursive: true, force: true });
const { metafile } = await build({
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
  logLevel: "warning",
});
// Not in dist/, all of which is deployed.
await mkdir(".cache", { recursive: true });
await writeFile(".cache/metafile.json", JSON.stringify(metafile));
