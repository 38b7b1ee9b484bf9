import "./supported-node.ts";
import { app, type HttpFunctionOptions } from "@azure/functions";
import { createDeliveryReceipts } from "./functions/delivery-receipts.ts";
import { createHealth } from "./functions/health.ts";
import { createWaitLimit } from "./secrets/wait-limit.ts";
import { findDebugVariables } from "./settings/debug-variables.ts";
import { describeUnknown } from "./settings/setting-names.ts";
import { loadSettings } from "./settings/settings.ts";
import type { Exporter } from "./telemetry/exporter.ts";
import { createTelemetry, nowhere } from "./telemetry/telemetry.ts";
import { systemClock } from "./timing/clock.ts";
import { limitUnauthenticated } from "./telemetry/unauthenticated-limit.ts";
import { publishEvents } from "./telemetry/published-events.ts";
import { createAccessTokens } from "./wiring/access-tokens.ts";
import { createGuarding } from "./wiring/guard.ts";
import { createHook } from "./wiring/hook.ts";
import { createOktaEventsRoute } from "./wiring/okta-events.ts";
import { createExporter } from "./wiring/sdks.ts";
import { createSecrets } from "./wiring/secrets.ts";

// Registered before anything is built: an entry point that throws earlier leaves the host answering 404 to everything.
type Methods = Pick<HttpFunctionOptions, "methods" | "authLevel">;
const get: Methods = { methods: ["GET"], authLevel: "anonymous" };
const post: Methods = { methods: ["POST"], authLevel: "anonymous" };
const both: Methods = { methods: ["GET", "POST"], authLevel: "anonymous" };
app.http("telephony-hook", { ...post, route: "okta/telephony", handler: (...call) => hook(...call) });
app.http("delivery-receipts", { ...post, route: "8x8/receipts", handler: (...call) => receipts(...call) });
app.http("okta-events", { ...both, route: "okta/events", handler: (...call) => oktaEvents.handler(...call) });
app.http("health", { ...get, route: "health", handler: (...call) => health(...call) });
app.hook.appTerminate(() => flush());
// A container's stop sends SIGTERM to this process too, which would end it with requests and events in flight.
process.once("SIGTERM", () => {
  void flush().then(() => setTimeout(() => process.exit(0), lastAnswerMs));
});

/** The host needs a moment to take the last answer. */
const lastAnswerMs = 100;
const settings = loadSettings(process.env);
const { config, problems, doubts, unknown } = settings;
for (const { name, problem } of problems) warn(`Setting ${name} ${problem}.`);
for (const { name, doubt } of doubts) warn(`Setting ${name} ${doubt}.`);
for (const name of unknown) warn(describeUnknown(name));
const debug = findDebugVariables(process.env, settings.onLaptop);
for (const name of debug.removable) Reflect.deleteProperty(process.env, name);
for (const name of debug.remaining)
  warn(`${name} is set and makes Node.js print headers that hold secrets; remove it.`);

const telemetry = publishEvents(limitUnauthenticated(systemClock, createTelemetry(systemClock, loadExporter, warn)));
const wait = createWaitLimit();
const secrets = config && createSecrets(config.secrets, { telemetry, wait, warn });
const phoneHashKey = (): string | undefined => secrets?.phoneHashKey?.current()[0];
const accessTokens = config?.accessTokens && createAccessTokens(config.accessTokens, { wait, warn });
const eventsAreOff = (): boolean => secrets?.oktaEventSecret.isAbsent() ?? true;
const surroundings = { phoneHashKey, eventsAreOff, warn, note: print };
const guarding = config?.guard && createGuarding({ ...config, guard: config.guard }, surroundings);
const oktaEvents = createOktaEventsRoute(config, secrets, {
  telemetry,
  used: (code, publishedAt) => guarding?.used(code, publishedAt),
  warn,
});
const { remember } = oktaEvents;
const hook = createHook(settings, secrets, { telemetry, phoneHashKey, accessTokens, judge: guarding?.judge, remember });
const receipts = createDeliveryReceipts({
  ...{ telemetry, secret: secrets?.receiptSecret, phoneHashKey },
  senders: config?.channels.sms.senders ?? new Map(),
});
const needed = [secrets?.hookSecret, accessTokens?.keys, secrets?.apiKey].filter((secret) => secret !== undefined);
const health = createHealth(settings, needed, {
  optional: [secrets?.oktaEventSecret, secrets?.receiptSecret, secrets?.phoneHashKey].filter(
    (secret) => secret !== undefined,
  ),
  debug: debug.remaining,
});

/** Runs while no request is in flight, because loading the SDKs blocks the event loop. */
// eslint-disable-next-line @typescript-eslint/require-await -- what it throws is a rejection
async function loadExporter(): Promise<Exporter> {
  oktaEvents.open();
  guarding?.open();
  return settings.telemetry ? createExporter(settings.telemetry, process.env["WEBSITE_SITE_NAME"]) : nowhere;
}

function flush(): Promise<void> {
  return telemetry.flush(async () => {
    await Promise.all([oktaEvents.flush(), guarding?.flush()]);
  });
}

/* eslint-disable no-console -- the worker sends the console to the log */
function print(line: string): void {
  console.log(line);
}

/**
 * The host takes a line of stderr for a warning where it holds the word, and for information otherwise: see
 * ParseErrorMessageAndLog in https://github.com/Azure/azure-functions-host/blob/dev/src/WebJobs.Script.Grpc (WorkerProcess).
 */
function warn(message: string): void {
  console.warn(`Warning: ${message}`);
}
/* eslint-enable no-console */
