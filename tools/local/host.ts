import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
// Import no timers here: the app uses the global timers, and tests speed those up.
import { setTimeout } from "node:timers";
import { FunctionApp, stackOf } from "./host/core-api.ts";
import { createLog } from "./host/log.ts";
import { createObserver, unobserved, type WrongPathReport } from "./host/observer.ts";
import { routesOf } from "./host/routes.ts";
import { createHttpServer } from "./host/server.ts";
import { readUsage } from "./host/usage.ts";
import { print, printError } from "../terminal.ts";

// This program runs the deployed bundle without the Functions host and its Node worker. Like them,
// it reads `main` in package.json, and host.json.
const { directory, port, leaveSigterm, observe } = readUsage();

interface HostJson {
  readonly extensions?: { readonly http?: { readonly routePrefix?: string } };
  readonly logging?: { readonly logLevel?: Record<string, string> };
}
const hostJson = readJson("host.json") as HostJson;
const app = new FunctionApp(createLog(hostJson.logging?.logLevel));
app.serveCoreModule();

const { main } = readJson("package.json") as { readonly main: string };
try {
  createRequire(join(directory, "package.json"))(join(directory, main));
  const { HttpUri } = (await app.model?.getCapabilities({})) ?? {};
  if (HttpUri !== undefined)
    throw new Error("This host does not stream HTTP. Set enableHttpStream to false.");
} catch (error) {
  // The Functions host also keeps running without the app, and then has no routes.
  app.log(
    "error",
    "system",
    "Worker",
    `Was unable to load entry point "${main}": ${stackOf(error)}`,
  );
  app.functions.clear();
}
app.started = true;

const routes = routesOf(app, hostJson.extensions?.http?.routePrefix ?? "api");
const server = createHttpServer(app, routes, {
  observe: observe ? createObserver(secretHeaders(), reportToParent) : unobserved,
  onWrongPath: (method, path) => {
    if (observe) reportToParent({ kind: "wrong-path", method, path } satisfies WrongPathReport);
  },
});
server.on("error", (error: NodeJS.ErrnoException) => {
  printError(
    error.code === "EADDRINUSE"
      ? `Port ${port} is in use. Choose another port with --port.`
      : String(error),
  );
  process.exit(1);
});
server.listen(Number(port), "127.0.0.1", () => {
  print(`listening on http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});

process.on("SIGINT", () => void terminate());
if (!leaveSigterm) process.on("SIGTERM", () => void terminate());
// `disconnect` means that the parent process has ended. On Windows, which has no SIGTERM, the
// parent asks this process with a message to end.
if (process.connected)
  for (const event of ["disconnect", "message"]) process.on(event, () => void terminate());

let terminating = false;
async function terminate(): Promise<void> {
  if (terminating) return;
  terminating = true;
  const answered = new Promise((resolve) => server.close(resolve));
  // A busy connection becomes idle after its answer and stays open.
  setInterval(() => {
    server.closeIdleConnections();
  }, 20);
  setTimeout(() => process.exit(0), 5_000);
  try {
    await app.terminate();
  } catch (error) {
    app.log("error", "system", "Worker", `An appTerminate hook failed: ${stackOf(error)}`);
  }
  await answered;
  process.exit(0);
}

function secretHeaders(): string[] {
  return ["authorization", (process.env["OKTA_AUTH_HEADER"] ?? "").toLowerCase()];
}

function reportToParent(report: object): void {
  if (process.connected) process.send?.(report);
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(join(directory, file), "utf8"));
}
