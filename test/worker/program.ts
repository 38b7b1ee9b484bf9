import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { setImmediate } from "node:timers/promises";
import tls from "node:tls";
import type * as functions from "@azure/functions";
import { lineOf } from "../../tools/local/event-line.ts";
import { FunctionApp } from "../../tools/local/host/core-api.ts";
import { createHttpServer } from "../../tools/local/host/server.ts";
import {
  startAzureGround,
  startAzureOn,
  type AzureGround,
  type AzureOptions,
  type FakeAzure,
} from "../../tools/sandbox/azure.ts";
import type { TelemetryEvent } from "../../src/telemetry/event.ts";
import { registerFunctions } from "../../src/functions/register.ts";
import { createApp } from "../../src/app.ts";
import { loadSettings } from "../../src/settings/settings.ts";
import type * as exporters from "./application-insights.ts";
import { createTurnedClock, passing, slow, type TurnedClock } from "./clock.ts";

// esbuild bundles this file together with the app, and test/app.ts loads the bundle.

export interface ProgramApp {
  readonly url: string;
  readonly clock: TurnedClock;
  /** In three seconds, an idle app loads its SDKs, writes its codes and sends its events. */
  idle(): Promise<void>;
  passing<T>(awaited: Promise<T>): Promise<T>;
  output(): string;
  stop(): Promise<void>;
}

// `@azure/functions` registers functions with the host that exists when the package is loaded.
const registered = new FunctionApp(() => undefined);
registered.serveCoreModule();
// oxlint-disable-next-line typescript/no-require-imports -- an import would run before the host exists
const { app: azureFunctions } = require("@azure/functions") as typeof functions;

export async function startProgram(env: Readonly<Record<string, string>>): Promise<ProgramApp> {
  let output = "";
  const print = (line: string): void => {
    output += `${line}\n`;
  };
  const warn = (message: string): void => {
    print(`Warning: ${message}`);
  };
  const clock = createTurnedClock();
  const settings = loadSettings(env);
  const program = createApp(settings, {
    clock,
    appName: env["WEBSITE_SITE_NAME"],
    debug: [],
    warn,
  });

  // On a laptop, the app's events must also be lines in the output.
  const printEvent = (event: unknown): void => {
    print(lineOf(event as TelemetryEvent));
  };
  if (settings.onLaptop) subscribe("okta-8x8-telephony:event", printEvent);

  const app = new FunctionApp(print);
  registerFunctions(azureFunctions, () => program);
  registered.moveTo(app);
  const server = createHttpServer(app);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  let stopped: Promise<void> | undefined;
  async function stop(): Promise<void> {
    const answered = once(server, "close");
    server.close();
    await passing(clock, app.terminate(), slow);
    server.closeIdleConnections();
    // Node calls a connection idle only after its first request.
    const unused = setTimeout(() => {
      server.closeAllConnections();
    }, 10_000);
    await answered;
    clearTimeout(unused);
    unsubscribe("okta-8x8-telephony:event", printEvent);
  }
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    clock,
    async idle() {
      for (let second = 0; second < 3; second++) {
        clock.turn(1_000);
        await setImmediate();
      }
    },
    passing: (awaited) => passing(clock, awaited),
    output: () => output,
    stop: () => (stopped ??= stop()),
  };
}

// oxlint-disable-next-line typescript/no-require-imports -- the exporter is a separate bundle
const loadExporter = () => require("./application-insights.cjs") as typeof exporters;
let ground: Promise<AzureGround> | undefined;
let started = 0;

/** Resets the identity and the ingestion endpoint, which all tests of a process share. */
export async function startAzureHere(options: AzureOptions = {}): Promise<FakeAzure> {
  ground ??= startAzureGround();
  const { certificates, env, identity, ingestion, proxy } = await ground;
  // In watch mode, the default list has the authority of the run before, which has the same name.
  tls.setDefaultCACertificates([...tls.getCACertificates("bundled"), certificates.ca]);
  // At any other log level, the SDK prints each simulated failure into the output of the tests.
  const quiet = { APPLICATIONINSIGHTS_INSTRUMENTATION_LOGGING_LEVEL: "NONE" };
  Object.assign(process.env, env, quiet, { AZURE_CLIENT_ID: identity.clientId });
  // Load the exporter before a test begins, because loading blocks the process.
  loadExporter().createExporter({
    connectionString: env["APPLICATIONINSIGHTS_CONNECTION_STRING"] ?? "",
    credential: undefined,
    roleName: env["WEBSITE_SITE_NAME"],
  });
  identity.renew();
  ingestion.recover();
  for (const list of [ingestion.requests, ingestion.envelopes, proxy.refused]) list.length = 0;
  const azure = await startAzureOn(await ground, options);
  const { ports } = await ground;
  const alias = (url: string, host: string): string => {
    ports.set(host, ports.get(new URL(url).host) ?? 0);
    return `https://${host}`;
  };
  // Each test has its own hosts, because the SDKs repeat failed calls even after an app's stop. Such
  // a call must not reach the vault or the table of the next test.
  started += 1;
  const vaultUrl = alias(azure.vault.url, `kv${started}.vault.azure.net`);
  const tableUrl = alias(azure.tables.url, `st${started}.table.core.windows.net`);
  return {
    ...azure,
    env: { ...azure.env, KEY_VAULT_URL: vaultUrl },
    tables: { ...azure.tables, url: tableUrl },
  };
}
