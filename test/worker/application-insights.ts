import { createExporter as startExporter } from "../../src/azure/application-insights.ts";
import type * as keyVault from "../../src/azure/key-vault.ts";
import type { Exporter } from "../../src/telemetry/event.ts";
import { systemClock } from "../../src/timing/clock.ts";

let exporter: Exporter | undefined;

/** OpenTelemetry's providers are global, so all apps in a process share one exporter. */
export function createExporter(settings: Parameters<typeof startExporter>[0]): Exporter {
  // oxlint-disable-next-line typescript/no-require-imports -- all apps of a process share this bundle
  const { createCredential } = require("./key-vault.cjs") as typeof keyVault;
  const credential = createCredential(systemClock, process.env["AZURE_CLIENT_ID"] ?? "");
  return (exporter ??= startExporter({ ...settings, credential }));
}
