import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import { hostSettings } from "../../functions-host.ts";
import { stackOf, type FunctionApp, type ProgrammingModel } from "./core-api.ts";
import { invoke, type HttpCall } from "./invocation.ts";
import { unobserved, type Observe } from "./observer.ts";
import { normalizePath, type Route } from "./routes.ts";
import { refuseForeign } from "../../sandbox/own-requests.ts";

// A static import would also load fetch. The worker is CommonJS and has not loaded fetch when an
// app starts.
const { createServer } = process.getBuiltinModule("node:http");

// https://learn.microsoft.com/azure/azure-functions/functions-app-settings#azurewebjobsdisablehomepage
const homePage = "<!doctype html><title>Functions app</title><p>The Functions app is running.";

export interface HttpServerOptions {
  readonly observe?: Observe;
  /** Called for each request for which the app has no function. */
  readonly onWrongPath?: (method: string, path: string) => void;
}

/**
 * Creates a server that never answers 405, like the Functions host. An unknown route, or a known
 * route with another method, gets a 404 without a body.
 */
export function createHttpServer(
  app: FunctionApp,
  routes: readonly Route[],
  { observe = unobserved, onWrongPath = () => undefined }: HttpServerOptions = {},
): Server {
  // The default of Kestrel, the web server of the Functions host. With a shorter timeout, tests would
  // see another behavior than in Azure.
  const options = { keepAliveTimeout: 130_000 };
  return createServer(options, (request, response) => {
    const { method = "", url = "/" } = request;
    // Unlike the real host: a page of another site can reach this port under a name of its own.
    const foreign = refuseForeign(request);
    if (foreign !== undefined) {
      request.resume();
      response.writeHead(foreign.status, { "content-length": 0 }).end();
      return;
    }
    const path = pathOf(url);
    if (path === "/") {
      request.resume();
      response.writeHead(200, { "content-type": "text/html" }).end(homePage);
      return;
    }
    const called = normalizePath(path);
    const route = routes.find((known) => known.path === called && known.methods.has(method));
    if (route === undefined || app.model === undefined) {
      request.resume();
      response.writeHead(404, { "content-length": 0 }).end();
      onWrongPath(method, url.split("?", 1)[0] ?? "");
      return;
    }
    void answer({ app, model: app.model, route, path, observe }, request, response);
  });
}

interface Called {
  readonly app: FunctionApp;
  readonly model: ProgrammingModel;
  readonly route: Route;
  readonly path: string;
  readonly observe: Observe;
}

async function answer(
  called: Called,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { app, model, route, observe } = called;
  try {
    const call = await readCall(called, request);
    const reply = await observe(route.function.metadata.name, call, () =>
      invoke(app, model, route, call),
    );
    if (reply === undefined) {
      response.writeHead(204).end();
      return;
    }
    const bytes = reply.body?.bytes ?? new Uint8Array();
    response
      .writeHead(Number(reply.statusCode), { ...reply.headers, "content-length": bytes.byteLength })
      .end(bytes);
  } catch (error) {
    app.log(
      "error",
      "system",
      `Function.${route.function.metadata.name}`,
      `Failed: ${stackOf(error)}`,
    );
    if (!response.headersSent) response.writeHead(500, { "content-length": 0 }).end();
  }
}

async function readCall({ path }: Called, request: IncomingMessage): Promise<HttpCall> {
  const { method = "GET", url = "/" } = request;
  const headers = headersOf(request);
  const [query = ""] = /\?.*/.exec(url) ?? [];
  const call = {
    method,
    url: `http://${headers["host"] ?? "localhost"}${path}${query}`,
    headers,
    params: {},
  };
  // The host does not pass a chunked body to a Node function:
  // https://github.com/Azure/azure-functions-nodejs-worker/issues/524
  if (!(Number(headers["content-length"]) > 0)) {
    request.resume();
    return call;
  }
  // The Functions host answers 500 too, not 413: HttpRequestBodySizeMiddleware in
  // https://github.com/Azure/azure-functions-host
  const limit = { ...hostSettings, ...process.env }.FUNCTIONS_REQUEST_BODY_SIZE_LIMIT;
  if (Number(headers["content-length"]) > Number(limit)) {
    request.resume();
    throw new Error(`Request body too large. The max request body size is ${limit} bytes.`);
  }
  return { ...call, body: { bytes: await buffer(request) } };
}

/** Returns the path that the host sees: without dot segments, and decoded. */
function pathOf(target: string): string {
  const { pathname = target } = URL.parse(target, "http://host") ?? {};
  try {
    return decodeURI(pathname);
  } catch {
    return pathname;
  }
}

/**
 * Returns the headers as the host passes them to the worker: decoded as UTF-8, with repeated
 * headers joined by commas.
 * https://learn.microsoft.com/dotnet/api/microsoft.aspnetcore.server.kestrel.core.kestrelserveroptions.requestheaderencodingselector
 */
function headersOf(request: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(request.headersDistinct).map(([name, values = []]) => [
      name,
      Buffer.from(values.join(","), "latin1").toString(),
    ]),
  );
}
