import type { FakeAzure } from "../../sandbox/azure.ts";
import type { Group } from "../../sandbox/azure/resource-manager.ts";
import type { Sandbox8x8 } from "../../sandbox/8x8.ts";
import { optionalChannels } from "../../../src/rules/channels.ts";
import { secretList } from "../../../src/settings/secret-list.ts";
import { neededSettings } from "../../../src/settings/problems.ts";
import { loadSettings } from "../../../src/settings/settings.ts";
import { startApp } from "../app.ts";
import { lineOf, timed, wrongPathLine } from "../event-line.ts";
import type { Report } from "../host/observer.ts";
import type { Phone } from "../phone.ts";
import type { SecondHook } from "../../sandbox/second-hook.ts";
import { startSwitched } from "./switched-host.ts";
import { startFuncHost, type Host } from "./func-host.ts";
import { blanksFor } from "./local-settings.ts";
import { hookSecretNow, settingsInAzure, type Secrets } from "./secrets.ts";
import type { Usage } from "./usage.ts";
import { createLinePrinter, print } from "../../terminal.ts";

const { env } = process;

/** The parts that `npm start` connects to the app. */
export interface Around {
  readonly secrets: Secrets;
  readonly phone: Phone;
  readonly sandbox: Sandbox8x8;
  readonly azure: FakeAzure | undefined;
  readonly authHeader: string;
  readonly secondHook: SecondHook;
  /** Whether the app has the second hook from the start. */
  readonly withSecondHook: boolean;
  /** The app's 8x8 settings, for the sandbox or for the servers in front of the real 8x8. */
  readonly eightByEight: Readonly<Record<string, string>>;
}

/**
 * Starts the app with the secrets and the sandbox, and connects it to the phone page. Returns
 * undefined with `--host none`.
 */
export async function startHost(
  host: Usage["host"],
  port: string,
  around: Around,
): Promise<(Host & { readonly isMisconfigured: boolean }) | undefined> {
  if (host === "none") return undefined;
  const { secrets, phone, sandbox, azure, eightByEight, authHeader } = around;
  const base = {
    ...inherited(),
    ...eightByEight,
    // The app refuses a single source number if a map of source numbers is set.
    ...(env["EIGHT_BY_EIGHT_VOICE_SOURCES"] && { EIGHT_BY_EIGHT_VOICE_SOURCE: "" }),
    ...channelsOff(),
    ...secrets,
    OKTA_AUTH_HEADER: authHeader,
    ...(azure && settingsInAzure(azure, secrets)),
  };
  let on = around.withSecondHook;
  const settingsNow = () => ({ ...base, ...secondHookSettings(around.secondHook, on, azure) });
  if (azure) Object.assign(azure.manager.group, groupOf(base));
  const report = (received: Report): void => {
    phone.report(received);
    if (received.kind === "event")
      print(timed(lineOf(received, phone.numberOf(received.properties["providerId"]))));
    if (received.kind === "wrong-path") print(timed(wrongPathLine(received)));
  };
  let address = port;
  const started = await startSwitched(async () => {
    const next = await (host === "func"
      ? startFuncHost({ ...settingsNow(), ...blanksFor(settingsNow()) }, address)
      : startLocalHost(settingsNow(), address, report));
    // The same port at each restart, even if the first one was any free port.
    address = new URL(next.url).port;
    return next;
  });
  sandbox.sendReceiptsTo(`${started.url}/api/8x8/receipts`, `Bearer ${secrets.RECEIPT_SECRET}`);
  const url = `${started.url}/api/okta/telephony`;
  const serve = (): void => {
    phone.serves({
      url,
      authHeader,
      secret: () => hookSecretNow(azure, secrets),
      settings: settingsNow(),
      observed: host === "local",
      eventsUrl: `${started.url}/api/okta/events`,
      eventSecret: secrets.OKTA_EVENT_SECRET,
      async switchSecondHook(next) {
        on = next;
        await started.restart();
        serve();
      },
    });
  };
  serve();
  const laptop = { ...settingsNow(), AZURE_FUNCTIONS_ENVIRONMENT: "Development" };
  return { ...started, isMisconfigured: loadSettings(laptop).problems.length > 0 };
}

function startLocalHost(
  settings: Record<string, string>,
  port: string,
  onReport: (report: Report) => void,
): Promise<Host> {
  return startApp(
    { ...settings, AZURE_FUNCTIONS_ENVIRONMENT: "Development" },
    { args: ["--port", port], onOutput: createLinePrinter(), onReport },
  );
}

/** With `--azure`, the secret is in the vault. A second hook of the environment stays. */
function secondHookSettings(
  { env: standIn }: SecondHook,
  on: boolean,
  azure: FakeAzure | undefined,
): Record<string, string> {
  if (!on) return {};
  const { SECOND_HOOK_SECRET: secret = "" } = standIn;
  azure?.vault.set(secretList.secondSecret.name, [{ value: secret }]);
  const onResend = env["SECOND_HOOK_ON_RESEND"] || "other";
  return { SECOND_HOOK_ON_RESEND: onResend, ...standIn, ...(azure && { SECOND_HOOK_SECRET: "" }) };
}

/** Returns what the resource group would contain if this app were deployed. */
function groupOf(settings: Readonly<Record<string, string>>): Group {
  const hookSettings = Object.fromEntries(
    Object.entries(settings).filter(([name]) => /^(?:EIGHT_BY_EIGHT|SECOND_HOOK)_/.test(name)),
  );
  delete hookSettings["EIGHT_BY_EIGHT_API_KEY"];
  const outputs = { functionAppName: settings["WEBSITE_SITE_NAME"] ?? "", vaultName: "kv-test" };
  return { outputs, parameters: { alerts: "none", stateTable: true, hookSettings } };
}

/**
 * Returns empty settings for the channels that are switched off. The sandbox has every channel. To
 * switch a channel off, set one of its settings to the empty string.
 */
function channelsOff(): Record<string, string> {
  const off = optionalChannels
    .map((name) => neededSettings[name].flat())
    .filter((names) => names.some((name) => env[name] === ""));
  return Object.fromEntries(off.flat().map((name) => [name, ""]));
}

/**
 * Returns this process's environment without the variables that tell the app that it runs in Azure.
 * `func` sets AZURE_FUNCTIONS_ENVIRONMENT itself.
 */
function inherited(): Record<string, string> {
  const elsewhere = ["KEY_VAULT_URL", "AZURE_FUNCTIONS_ENVIRONMENT"];
  const entries = Object.entries(env).filter(([name]) => !elsewhere.includes(name));
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
