import type { BuildOptions } from "esbuild";
import packageJson from "../package.json" with { type: "json" };

/** Options that make esbuild write readable CommonJS bundles, which contain the npm packages. */
export const bundling = {
  outExtension: { ".js": ".cjs" },
  bundle: true,
  platform: "node",
  target: "node22",
  format: "cjs",
  sourcemap: "linked",
  sourcesContent: false,
  // Tree-shaking works only with ES modules. Tree-shaking makes the Azure SDKs a third smaller.
  mainFields: ["module", "main"],
  conditions: ["import", "module"],
  define: { packageVersion: JSON.stringify(packageJson.version) },
  // The Functions worker provides @azure/functions-core. The package `debug` works without the
  // package `supports-color`.
  external: [
    "@azure/functions-core",
    "supports-color",
    "./key-vault.cjs",
    "./application-insights.cjs",
    "./tables.cjs",
  ],
  logLevel: "warning",
} as const satisfies BuildOptions;

/** The app loads every bundle but main late or never, which saves time only with separate files. */
export const bundles = {
  main: "src/main.ts",
  "key-vault": "src/azure/key-vault.ts",
  "application-insights": "src/azure/application-insights.ts",
  tables: "src/azure/code-table-client.ts",
};
