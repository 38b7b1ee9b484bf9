import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import { hostSettings } from "../../functions-host.ts";
import { refuseForeign } from "../../sandbox/own-requests.ts";
import { stackOf, type FunctionApp, type RegisteredFunction } from "./core-api.ts";
import { invoke, type HttpCall } from "./invocation.ts";
import { unobserved, type Observe } from "./observer.ts";

// A static import of node:http would also load fetch. The real worker is CommonJS, and has not
// loaded fetch when an app starts.
const { createServer } = process.getBuiltinModule("node:http");

export interface HttpServerOptions {
  readonly observe?: Observe;
  readonly onWrongPath?: (method: string, path: string) => void;
}

/** Like the Functions host, this server answers 404 without a body in place of 405. */
export function createHttpServer(
  app: FunctionApp,
  { observe = unobserved, onWrongPath = () => undefined }: HttpServerOptions = {},
): Server {
  // The default timeout of Kestrel, which is the web server of the Functions host. With Node's
  // shorter default, the tests would not show what happens in Azure.
  const options = { keepAliveTimeout: 130_000 };
  return createServer(options, (request, response) => {
    const { method = "", url = "/" } = request;
    const empty = (status: number): void => {
      request.resume();
      response.writeHead(status, { "content-length": 0 }).end();
    };
    // Without this check, web pages of other sites could send requests to this port. The Functions
    // host has no such check.
    const foreign = refuseForeign(request);
    if (foreign !== undefined) {
      empty(foreign.status);
      return;
    }
    const [path = "/"] = url.split("?", 1);
    const called = [...app.functions.values()].find((one) => isFor(one, method, path));
    if (called === undefined) {
      empty(404);
      onWrongPath(method, path);
      return;
    }
    const { name } = called.metadata;
    answer(app, called, observe, request, response).catch((error: unknown) => {
      app.log("error", `Function.${name}`, `Failed: ${stackOf(error)}`);
      if (!response.headersSent) empty(500);
    });
  });
}

function isFor({ metadata: { name, bindings } }: RegisteredFunction, method: string, path: string) {
  const [{ route = name, methods = ["GET", "POST"] } = {}] = Object.values(bindings);
  return path === `/api/${route}` && methods.includes(method);
}

async function answer(
  app: FunctionApp,
  called: RegisteredFunction,
  observe: Observe,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { model } = app;
  if (model === undefined) throw new Error("The app has registered no programming model.");
  const call = await readCall(request);
  const { name, bindings } = called.metadata;
  const [trigger = ""] = Object.keys(bindings);
  const reply = await observe(name, call, () => invoke(app, model, called, trigger, call));
  if (reply === undefined) {
    response.writeHead(204).end();
    return;
  }
  const bytes = reply.body?.bytes ?? new Uint8Array();
  response
    .writeHead(Number(reply.statusCode), { ...reply.headers, "content-length": bytes.byteLength })
    .end(bytes);
}

async function readCall(request: IncomingMessage): Promise<HttpCall> {
  const { method = "GET", url = "/" } = request;
  const headers = headersOf(request);
  const length = Number(headers["content-length"]);
  const call = { method, url: `http://${headers["host"] ?? ""}${url}`, headers, params: {} };
  // The host does not pass a chunked body to a Node function:
  // https://github.com/Azure/azure-functions-nodejs-worker/issues/524
  if (!(length > 0)) {
    request.resume();
    return call;
  }
  // Like the Functions host, answer 500 instead of 413: HttpRequestBodySizeMiddleware in
  // https://github.com/Azure/azure-functions-host
  const limit = { ...hostSettings, ...process.env }.FUNCTIONS_REQUEST_BODY_SIZE_LIMIT;
  if (length > Number(limit))
    throw new Error(`Request body too large. The max request body size is ${limit} bytes.`);
  return { ...call, body: { bytes: await buffer(request) } };
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
