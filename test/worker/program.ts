import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { setImmediate, setTimeout } from "node:timers/promises";
import tls from "node:tls";
import type * as functions from "@azure/functions";
import { lineOf } from "../../tools/local/event-line.ts";
import { FunctionApp, type Callback } from "../../tools/local/host/core-api.ts";
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
import { createApp } from "../../src/app.ts";
import { loadSettings } from "../../src/settings/settings.ts";
import type * as exporters from "./application-insights.ts";
import { createTurnedClock, type TurnedClock } from "./clock.ts";

// Runs outside of jest's realm, bundled as the app is: what it makes are programs in the process of
// the test.

export interface ProgramApp {
  readonly url: string;
  readonly clock: TurnedClock;
  /**
   * Lets the seconds pass after which a program without requests loads its SDKs, and writes and
   * sends what waits.
   */
  idle(): Promise<void>;
  /**
   * Waits for something that takes a limit or a pause of the program: after so many milliseconds,
   * in which all that is quicker has happened, its clock runs ten times as fast as the machine's.
   */
  passing<T>(awaited: Promise<T>, afterMs?: number): Promise<T>;
  /** All that it has logged so far. */
  output(): string;
  /** As the host stops a worker: what is in flight is answered, and what waits is sent. */
  stop(): Promise<void>;
}

// What `@azure/functions` gives to its host when it is loaded, which is after this.
const loaded = new FunctionApp(() => undefined);
loaded.serveCoreModule();
// eslint-disable-next-line @typescript-eslint/no-require-imports -- as an import it would come before its host
const { app: registrar } = require("@azure/functions") as typeof functions;

const routes = {
  hook: { route: "okta/telephony", methods: ["POST"] },
  receipts: { route: "8x8/receipts", methods: ["POST"] },
  oktaEvents: { route: "okta/events", methods: ["GET", "POST"] },
  health: { route: "health", methods: ["GET"] },
} as const;
const names = Object.keys(routes) as (keyof typeof routes)[];
for (const name of names)
  registrar.http(name, {
    ...routes[name],
    methods: [...routes[name].methods],
    handler: () => ({}),
  });

/** A program in this process, under the local host's server. */
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
  app.model = loaded.model;
  for (const name of names) {
    const metadata = loaded.functions.get(name)?.metadata;
    if (metadata) app.functions.set(name, { metadata, callback: program[name] as Callback });
  }
  const server = createHttpServer(app, routesOf(app, "api"));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  async function passing<T>(awaited: Promise<T>, afterMs = 300): Promise<T> {
    const settled = awaited.then(
      () => true,
      () => true,
    );
    await Promise.race([settled, setTimeout(afterMs)]);
    while (!(await Promise.race([settled, setTimeout(20, false)]))) clock.turn(200);
    return awaited;
  }
  let stopped: Promise<void> | undefined;
  async function stop(): Promise<void> {
    const answered = once(server, "close");
    server.close();
    await program.flush();
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
    passing,
    output: () => output,
    stop: () => (stopped ??= stop()),
  };
}

// eslint-disable-next-line @typescript-eslint/no-require-imports -- a bundle of its own
const loadExporter = () => require("./application-insights.cjs") as typeof exporters;
let ground: Promise<AzureGround> | undefined;
/** Of the exporter that all programs of this process have. */
export const exporterClock = createTurnedClock();

/**
 * A vault and tables for one test, beside the identity and the ingestion of this process, which
 * begin anew.
 */
export async function startAzureHere(options: AzureOptions = {}): Promise<FakeAzure> {
  ground ??= startAzureGround();
  const { certificates, env, identity, ingestion, proxy } = await ground;
  tls.setDefaultCACertificates([...tls.getCACertificates("default"), certificates.ca]);
  // The SDK would print each failure that a test makes among the test's own lines.
  const quiet = { APPLICATIONINSIGHTS_INSTRUMENTATION_LOGGING_LEVEL: "NONE" };
  Object.assign(process.env, env, quiet, { AZURE_CLIENT_ID: identity.clientId });
  // Loaded before any clock runs: under load it takes longer than a program that stops has for its
  // last events.
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
