import "./supported-node.ts";
import { app as azureFunctions } from "@azure/functions";
import { createApp } from "./app.ts";
import { registerFunctions } from "./functions/register.ts";
import { findDebugVariables, describeUnknown } from "./settings/warnings.ts";
import { loadSettings } from "./settings/settings.ts";
import { systemClock } from "./timing/clock.ts";

// Functions are registered first. If the entry point threw before the registration, the host would
// answer 404 to every request.
registerFunctions(azureFunctions, () => app);
// Without a handler, SIGTERM would end the process while requests and events are pending.
process.once("SIGTERM", () => {
  void app.flush().then(() => setTimeout(() => process.exit(0), lastAnswerMs));
});

/** The host needs a moment to receive the last answer. */
const lastAnswerMs = 100;
const settings = loadSettings(process.env);
const { problems, warnings, unknown } = settings;
for (const { name, problem } of problems)
  logError(
    `Setting ${name} ${problem}. The app answers 503 to every request until you correct it.`,
  );
for (const { name, warning } of warnings) warn(`Setting ${name} ${warning}.`);
for (const name of unknown) warn(describeUnknown(name));
const debug = findDebugVariables(process.env, settings.onLaptop);
for (const name of debug.removable) Reflect.deleteProperty(process.env, name);
for (const name of debug.remaining)
  warn(`${name} is set and makes Node.js print headers that contain secrets. Remove it.`);

const appName = process.env["WEBSITE_SITE_NAME"];
const app = createApp(settings, { clock: systemClock, appName, debug: debug.remaining, warn });

/* oxlint-disable no-console -- the worker writes the console to the log */
// The host logs a line of stderr as information, unless the line begins with a word for a warning
// or an error. See ParseErrorMessageAndLog in WorkerProcess:
// https://github.com/Azure/azure-functions-host/blob/dev/src/WebJobs.Script.Grpc
function warn(message: string): void {
  console.warn(`Warning: ${message}`);
}
function logError(message: string): void {
  console.error(`Error: ${message}`);
}
/* oxlint-enable no-console */
