import type { GuardTable } from "../guard/guard-table.ts";
import type { Credential } from "../azure/identity.ts";
import type * as keyVault from "../azure/key-vault.ts";
import type { VaultReader } from "../secrets/secrets.ts";
import type { CodeTable } from "../sent-codes/code-table.ts";
import type * as tables from "../azure/code-table-client.ts";
import type * as applicationInsights from "../azure/application-insights.ts";
import type { Exporter } from "../telemetry/exporter.ts";
import type { TelemetrySettings } from "../settings/settings.ts";
import { systemClock } from "../timing/clock.ts";
import { loadedLate } from "../timing/loaded-late.ts";

// Azure's SDKs, each in a bundle of its own that is loaded with its first use: see scripts/build.ts.
/* eslint-disable @typescript-eslint/no-require-imports */
const loadKeyVault = () => require("./key-vault.cjs") as typeof keyVault;
const loadTables = () => require("./tables.cjs") as typeof tables;
const loadApplicationInsights = () => require("./application-insights.cjs") as typeof applicationInsights;
/* eslint-enable @typescript-eslint/no-require-imports */

interface At {
  readonly url: string;
  /** The client id of the identity. */
  readonly clientId: string;
}

let credential: Credential | undefined;

/** One for all SDKs: the SDK keeps the options of the first credential for the whole process. */
function credentialOf(clientId: string): Credential {
  return (credential ??= loadKeyVault().createCredential(systemClock, clientId));
}

export function createVaultReader({ url, clientId }: At): VaultReader {
  const reader = loadedLate(() => loadKeyVault().createVaultReader(systemClock, url, credentialOf(clientId)));
  return async (...which) => (await reader())(...which);
}

export function createCodeTable({ url, clientId }: At): CodeTable {
  return loadTables().createCodeTable(url, credentialOf(clientId));
}

export function createGuardTable({ url, clientId }: At): GuardTable {
  return loadTables().createGuardTable(systemClock, url, credentialOf(clientId));
}

export function createExporter({ connectionString, clientId }: TelemetrySettings, roleName?: string): Exporter {
  return loadApplicationInsights().createExporter({
    clock: systemClock,
    connectionString,
    credential: clientId === undefined ? undefined : credentialOf(clientId),
    roleName,
  });
}
