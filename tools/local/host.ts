import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { FunctionApp, stackOf } from "./host/core-api.ts";
import { createObserver, type WrongPathReport } from "./host/observer.ts";
import { createHttpServer } from "./host/server.ts";
import { print } from "../terminal.ts";

// Runs the deployed bundle without the Functions host and its Node worker.
const { values: given } = parseArgs({
  options: {
    app: { type: "string", default: "." },
    port: { type: "string", default: "0" },
    observe: { type: "boolean", default: false },
  },
});

const app = new FunctionApp(print);
app.serveCoreModule();
const load = createRequire(resolve(given.app, "package.json"));
const { main } = load("./package.json") as { readonly main: string };
try {
  load(`./${main}`);
} catch (error) {
  // If the app does not load, keep running without routes, as the Functions host does.
  app.log("error", "Worker", `Was unable to load entry point "${main}": ${stackOf(error)}`);
  app.functions.clear();
}

const authHeader = (process.env["OKTA_AUTH_HEADER"] ?? "").toLowerCase();
const observed = () => ({
  observe: createObserver(["authorization", authHeader], report),
  onWrongPath(method: string, path: string): void {
    report({ kind: "wrong-path", method, path } satisfies WrongPathReport);
  },
});
const server = createHttpServer(app, given.observe ? observed() : {});
server.listen(Number(given.port), "127.0.0.1", () => {
  print(`listening on http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});

// Ignore Ctrl-C, because the parent process gets it too and then ends this process.
process.on("SIGINT", () => undefined);
// The app stops at SIGTERM. On Windows, the parent process sends a message in place of SIGTERM. The
// app must also stop if the parent process has ended (`disconnect`).
if (process.connected) for (const event of ["disconnect", "message"]) process.on(event, end);

function end(): void {
  if (process.listenerCount("SIGTERM") === 0) process.exit(0);
  process.emit("SIGTERM");
}

function report(about: object): void {
  if (process.connected) process.send?.(about);
}
