import type { HttpHandler } from "@azure/functions";
import type * as applicationInsights from "./azure/application-insights.ts";
import type * as tables from "./azure/code-table-client.ts";
import type { Credential } from "./azure/identity.ts";
import type * as keyVault from "./azure/key-vault.ts";
import type * as accessToken from "./okta/access-token.ts";
import type { Settings } from "./settings/settings.ts";
import { createTelemetry, nowhere } from "./telemetry/telemetry.ts";
import { closable, type Clock } from "./timing/clock.ts";

// Azure's SDKs, and jose, each in a bundle of its own that is loaded with its first use: see
// scripts/build.ts.
/* eslint-disable @typescript-eslint/no-require-imports */
export const loadKeyVault = () => require("./key-vault.cjs") as typeof keyVault;
export const loadTables = () => require("./tables.cjs") as typeof tables;
const loadApplicationInsights = () =>
  require("./application-insights.cjs") as typeof applicationInsights;
export const loadAccessToken = () => require("./access-token.cjs") as typeof accessToken;
/* eslint-enable @typescript-eslint/no-require-imports */

export interface Environment {
  readonly clock: Clock;
  /** The function app's name, by which the host names its own telemetry. */
  readonly appName: string | undefined;
  /** Where telemetry goes, and what health reports. */
  readonly settings: Pick<
    Settings,
    "connectionString" | "clientId" | "problems" | "warnings" | "unknown"
  >;
  /** Variables that are set and print secrets. */
  readonly debug: readonly string[];
  readonly warn: (message: string) => void;
}

/** What is called: by Okta, by 8x8, by the probe, and by the host when the worker stops. */
export interface Program {
  readonly hook: HttpHandler;
  readonly receipts: HttpHandler;
  readonly oktaEvents: HttpHandler;
  readonly health: HttpHandler;
  /** Sends all that waits, once no request is in flight any more. */
  readonly flush: () => Promise<void>;
  /** No timer, socket or read is left then. */
  readonly close: () => Promise<void>;
}

/**
 * What a program has even where settings are wrong: a clock of its own, a credential, and
 * telemetry.
 * @param open Called while no request is in flight, because what it loads blocks the event loop.
 */
export function createFoundation(
  { clock: machine, settings, appName, warn }: Environment,
  open: () => void,
) {
  const clock = closable(machine);
  const { connectionString, clientId } = settings;
  let created: Credential | undefined;
  /** One for all SDKs, which keep the options of the first for the whole process. */
  const credential = () => (created ??= loadKeyVault().createCredential(clock, clientId ?? ""));
  // eslint-disable-next-line @typescript-eslint/require-await -- what it throws is a rejection
  const loadExporter = async () => {
    open();
    if (connectionString === undefined) return nowhere;
    return loadApplicationInsights().createExporter({
      clock,
      connectionString,
      roleName: appName,
      credential: clientId === undefined ? undefined : credential(),
    });
  };
  const telemetry = createTelemetry(clock, loadExporter, warn);
  return { clock, telemetry, credential };
}
