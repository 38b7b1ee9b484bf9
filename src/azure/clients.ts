import type * as applicationInsights from "./application-insights.ts";
import type * as tables from "./code-table-client.ts";
import type { createCredential } from "./key-vault.ts";
import type * as keyVault from "./key-vault.ts";
import type { CodeTable } from "../sent-codes/code-table.ts";
import { dropping, type Exporter } from "../telemetry/event.ts";
import type { Clock } from "../timing/clock.ts";

// Each SDK is a separate bundle. The app loads it on first use, because loading an SDK blocks the
// event loop: see scripts/bundles.ts.
/* oxlint-disable typescript/no-require-imports */
const loadKeyVault = () => require("./key-vault.cjs") as typeof keyVault;
const loadTables = () => require("./tables.cjs") as typeof tables;
const loadApplicationInsights = () =>
  require("./application-insights.cjs") as typeof applicationInsights;
/* oxlint-enable typescript/no-require-imports */

interface AzureSettings {
  readonly clientId: string | undefined;
  readonly connectionString: string | undefined;
}

export function createAzureClients(
  clock: Clock,
  { clientId, connectionString }: AzureSettings,
  appName: string | undefined,
) {
  let created: ReturnType<typeof createCredential> | undefined;
  /** The SDKs share one credential, because its options apply to the whole process. */
  const credential = () => (created ??= loadKeyVault().createCredential(clock, clientId ?? ""));

  return {
    loadExporter: (): Exporter => {
      if (connectionString === undefined) return dropping;
      return loadApplicationInsights().createExporter({
        connectionString,
        roleName: appName,
        credential: clientId === undefined ? undefined : credential(),
      });
    },
    openVault: (url: string): ReturnType<typeof keyVault.createVaultReader> => {
      let read: ReturnType<typeof keyVault.createVaultReader> | undefined;
      return async (...secret) => {
        read ??= loadKeyVault().createVaultReader(clock, url, credential());
        return read(...secret);
      };
    },
    openCodeTable: (url: string): CodeTable => loadTables().createCodeTable(url, credential()),
  };
}
