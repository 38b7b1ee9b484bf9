import { rm } from "node:fs/promises";
import { build } from "esbuild";
import { leaveOut } from "./left-out.ts";

// Three CommonJS bundles, not minified: telemetry is loaded after the first answer, the Azure SDKs where there is a vault,
// and either pays only when its code is in a file of its own (README, decisions).
await rm("dist", { recursive: true, force: true });
await build({
  entryPoints: ["src/main.ts", "src/key-vault.ts", "src/application-insights.ts"],
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
  // @azure/functions-core exists only inside the Functions worker.
  external: ["@azure/functions-core", "./key-vault.cjs", "./application-insights.cjs"],
  define: {
    // Node makes it by loading all of fetch, for 20 ms, when the Azure SDKs ask whether a body is one: none here is.
    FormData: "undefined",
    // undici's own switch: its second HTTP/1 parser is left out, whatever the environment says.
    esbuildDetection: "1",
  },
  plugins: [leaveOut],
  logLevel: "warning",
});
