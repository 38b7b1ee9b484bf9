import type { BuildOptions } from "esbuild";
import packageJson from "../package.json" with { type: "json" };

/** esbuild options: CommonJS, not minified, with all packages in the bundles. */
export const bundling = {
  outExtension: { ".js": ".cjs" },
  bundle: true,
  platform: "node",
  target: "node22",
  format: "cjs",
  sourcemap: "linked",
  sourcesContent: false,
  // Tree-shaking works with ES modules only. It saves a third of the Azure SDKs.
  mainFields: ["module", "main"],
  conditions: ["import", "module"],
  define: { packageVersion: JSON.stringify(packageJson.version) },
  // Only the Functions worker has @azure/functions-core. The package debug works without
  // supports-color.
  external: [
    "@azure/functions-core",
    "supports-color",
    "./key-vault.cjs",
    "./application-insights.cjs",
    "./tables.cjs",
    "./access-token.cjs",
  ],
  logLevel: "warning",
} as const satisfies BuildOptions;

/**
 * The five bundles. Telemetry and the table are loaded after the first answer, the Azure SDKs if
 * there is a vault, and jose if tokens are accepted. Loading later saves time only if the code is
 * in a separate file: docs/maintainers/decisions.md.
 */
export const bundles = {
  main: "src/main.ts",
  "key-vault": "src/azure/key-vault.ts",
  "application-insights": "src/azure/application-insights.ts",
  tables: "src/azure/code-table-client.ts",
  "access-token": "src/auth/access-token.ts",
};
