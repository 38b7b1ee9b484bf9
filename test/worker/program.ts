import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { setImmediate } from "node:timers/promises";
import tls from "node:tls";
import type * as functions from "@azure/functions";
import { lineOf } from "../../tools/local/event-line.ts";
import { FunctionApp } from "../../tools/local/host/core-api.ts";
import { createLog } from "../../tools/local/host/log.ts";
import { routesOf } from "../../tools/local/host/routes.ts";
import { createHttpServer } from "../../tools/local/host/server.ts";
import {
  startAzureGround,
  startAzureOn,
  type AzureGround,
  type AzureOptions,
  type FakeAzure,
} from "../../tools/sandbox/azure.ts";
import type { TelemetryEvent } from "../../src/telemetry/exporter.ts";
import { registerFunctions } from "../../src/functions/register.ts";
import { createApp } from "../../src/app.ts";
import { loadSettings } from "../../src/settings/settings.ts";
import type * as exporters from "./application-insights.ts";
import { createTurnedClock, passing, slow, type TurnedClock } from "./clock.ts";

// Bundled as the app is, with the app in it, and loaded by Node's `require` (test/app.ts): what this
// makes are apps in the process of the test.

export interface ProgramApp {
  readonly url: string;
  /** The app's clock, on which no time passes but by what follows here. */
  readonly clock: TurnedClock;
  /**
   * Lets the seconds pass after which an app without requests loads its SDKs, and writes and sends
   * what waits.
   */
  idle(): Promise<void>;
  /** Turns the app's clock until something has come about that takes a limit or a pause of the app. */
  passing<T>(awaited: Promise<T>): Promise<T>;
  /** Everything that it has logged so far. */
  output(): string;
  /** As the host stops a worker: it answers pending requests, and sends what waits. */
  stop(): Promise<void>;
}

// `@azure/functions` registers at the app that it meets when it is loaded, which is after this.
const registered = new FunctionApp(() => undefined);
registered.serveCoreModule();
// eslint-disable-next-line @typescript-eslint/no-require-imports -- as an import it would come before its host
const { app: azureFunctions } = require("@azure/functions") as typeof functions;

/** An app in this process, under the local host's server. */
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

  // As on a laptop, where each event is a line.
  const printEvent = (event: unknown): void => {
    print(lineOf(event as TelemetryEvent));
  };
  if (settings.onLaptop) subscribe("okta-8x8-telephony:event", printEvent);

  const app = new FunctionApp(createLog({}, print));
  registerFunctions(azureFunctions, () => program);
  registered.moveTo(app);
  const server = createHttpServer(app, routesOf(app, "api"));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  let stopped: Promise<void> | undefined;
  async function stop(): Promise<void> {
    const answered = once(server, "close");
    server.close();
    // It pauses between the rows that it writes, and its limits are no matter of this machine.
    await passing(clock, app.terminate(), slow);
    server.closeIdleConnections();
    await answered;
    await program.close();
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

// eslint-disable-next-line @typescript-eslint/no-require-imports -- a bundle of its own
const loadExporter = () => require("./application-insights.cjs") as typeof exporters;
let ground: Promise<AzureGround> | undefined;
/** Of the exporter that all apps of this process have. */
export const exporterClock = createTurnedClock();

/**
 * A vault and tables for one test. Identity and ingestion are those of this process, emptied,
 * because the one exporter knows their addresses.
 */
export async function startAzureHere(options: AzureOptions = {}): Promise<FakeAzure> {
  ground ??= startAzureGround();
  const { certificates, env, identity, ingestion, proxy } = await ground;
  tls.setDefaultCACertificates([...tls.getCACertificates("default"), certificates.ca]);
  // The SDK would print each failure that a test makes among the test's own lines.
  const quiet = { APPLICATIONINSIGHTS_INSTRUMENTATION_LOGGING_LEVEL: "NONE" };
  Object.assign(process.env, env, quiet, { AZURE_CLIENT_ID: identity.clientId });
  // Loaded before a test begins, because loading it blocks the process.
  loadExporter().createExporter({
    clock: exporterClock,
    connectionString: env["APPLICATIONINSIGHTS_CONNECTION_STRING"] ?? "",
    credential: undefined,
    roleName: env["WEBSITE_SITE_NAME"],
  });
  identity.renew();
  ingestion.recover();
  for (const list of [ingestion.requests, ingestion.envelopes, proxy.refused]) list.length = 0;
  return startAzureOn(await ground, options);
}
