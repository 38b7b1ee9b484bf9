import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { hostSettings } from "../../functions-host.ts";
import { stackOf, type FunctionApp, type ProgrammingModel } from "./core-api.ts";
import { invoke, type HttpCall } from "./invocation.ts";
import {
  headersOf,
  kestrelLimits,
  pathOf,
  readBody,
  refusedByKestrel,
  SlowBodyError,
  type KestrelLimits,
} from "./kestrel.ts";
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
  readonly limits?: KestrelLimits;
}

/**
 * Creates a server that never answers 405, like the Functions host. An unknown route, or a known
 * route with another method, gets a 404 without a body.
 */
export function createHttpServer(
  app: FunctionApp,
  routes: readonly Route[],
  {
    observe = unobserved,
    onWrongPath = () => undefined,
    limits = kestrelLimits,
  }: HttpServerOptions = {},
): Server {
  const options = {
    // Node's limit includes the URL. refusedByKestrel checks each limit separately.
    maxHeaderSize: limits.requestLineBytes + limits.headersBytes,
    // Kestrel's default. With a shorter timeout, tests would see another behavior than in Azure.
    keepAliveTimeout: 130_000,
  };
  return createServer(options, (request, response) => {
    const { method = "", url = "/" } = request;
    const refused = refusedByKestrel(request, limits);
    if (refused !== undefined) {
      request.resume();
      response.writeHead(refused, { "content-length": 0, connection: "close" }).end();
      return;
    }
    // Only browsers send these headers. The real host does not check them.
    const isOfBrowser = "origin" in request.headers || "sec-fetch-site" in request.headers;
    const foreign = isOfBrowser ? refuseForeign(request) : undefined;
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
    void answer({ app, model: app.model, route, path, observe, limits }, request, response);
  });
}

interface Called {
  readonly app: FunctionApp;
  readonly model: ProgrammingModel;
  readonly route: Route;
  readonly path: string;
  readonly observe: Observe;
  readonly limits: KestrelLimits;
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
    if (error instanceof SlowBodyError) response.setHeader("connection", "close");
    if (!response.headersSent) response.writeHead(500, { "content-length": 0 }).end();
  }
}

async function readCall({ path, limits }: Called, request: IncomingMessage): Promise<HttpCall> {
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
  return { ...call, body: { bytes: await readBody(request, limits) } };
}
