import "./supported-node.ts";
import { app as azureFunctions } from "@azure/functions";
import { createApp } from "./app.ts";
import { registerFunctions } from "./functions/register.ts";
import { findDebugVariables, describeUnknown } from "./settings/warnings.ts";
import { loadSettings } from "./settings/settings.ts";
import { systemClock } from "./timing/clock.ts";

// Registered before anything is built: an entry point that throws earlier leaves the host answering
// 404 to everything.
registerFunctions(azureFunctions, () => app);
// A container's stop sends SIGTERM to this process too, which would end it while requests and events
// are pending.
process.once("SIGTERM", () => {
  void app.flush().then(() => setTimeout(() => process.exit(0), lastAnswerMs));
});

/** The host needs a moment to take the last answer. */
const lastAnswerMs = 100;
const settings = loadSettings(process.env);
const { problems, warnings, unknown } = settings;
for (const { name, problem } of problems) warn(`Setting ${name} ${problem}.`);
for (const { name, warning } of warnings) warn(`Setting ${name} ${warning}.`);
for (const name of unknown) warn(describeUnknown(name));
const debug = findDebugVariables(process.env, settings.onLaptop);
for (const name of debug.removable) Reflect.deleteProperty(process.env, name);
for (const name of debug.remaining)
  warn(`${name} is set and makes Node.js print headers that hold secrets; remove it.`);

const appName = process.env["WEBSITE_SITE_NAME"];
const app = createApp(settings, { clock: systemClock, appName, debug: debug.remaining, warn });

/* eslint-disable no-console -- the worker sends the console to the log */
/**
 * The host takes a line of stderr for a warning where it holds the word, and for information
 * otherwise: see ParseErrorMessageAndLog in
 * https://github.com/Azure/azure-functions-host/blob/dev/src/WebJobs.Script.Grpc (WorkerProcess).
 */
function warn(message: string): void {
  console.warn(`Warning: ${message}`);
}
/* eslint-enable no-console */
