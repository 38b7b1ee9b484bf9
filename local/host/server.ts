import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { stackOf, type FunctionApp, type ProgrammingModel } from "./core-api.ts";
import { invoke, type HttpCall } from "./invocation.ts";
import { unobserved, type Observe } from "./observer.ts";
import { normalizePath, type Route } from "./routes.ts";

// An import would load all of fetch with it, which the worker, being CommonJS, has not loaded when an app starts.
const { createServer } = process.getBuiltinModule("node:http");

/** What the app is deployed with that its host reads: infra/modules/function-app.bicep. Without it the real host takes 100 MB. */
export const hostSettings = { FUNCTIONS_REQUEST_BODY_SIZE_LIMIT: "2097152" };

/** HTTP in front of the functions. No route, or a known route with another method, is an empty 404: the host has no 405. */
export function createHttpServer(
  app: FunctionApp,
  routes: readonly Route[],
  observe: Observe = unobserved,
  onWrongPath: (method: string, path: string) => void = () => undefined,
): Server {
  const server = createServer((request, response) => {
    const path = request.url?.split("?", 1)[0] ?? "/";
    const called = normalizePath(path);
    const route = routes.find((known) => known.path === called && known.methods.has(request.method ?? ""));
    if (route === undefined || app.model === undefined) {
      request.resume();
      response.writeHead(404, { "content-length": 0 }).end();
      onWrongPath(request.method ?? "", path);
      return;
    }
    void answer({ app, model: app.model, route, observe }, request, response);
  });
  // As long as the host's own web server: a caller's idle connection is not what is tested here.
  server.keepAliveTimeout = 130_000;
  return server;
}

interface Called {
  readonly app: FunctionApp;
  readonly model: ProgrammingModel;
  readonly route: Route;
  readonly observe: Observe;
}

async function answer(
  { app, model, route, observe }: Called,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const call = await readCall(request);
    const reply = await observe(route.function.metadata.name, call, () => invoke(app, model, route, call));
    if (reply === undefined) {
      response.writeHead(204).end();
      return;
    }
    const bytes = reply.body?.bytes ?? new Uint8Array();
    response.writeHead(Number(reply.statusCode), { ...reply.headers, "content-length": bytes.byteLength }).end(bytes);
  } catch (error) {
    app.log("error", "system", `Function.${route.function.metadata.name}`, `Failed: ${stackOf(error)}`);
    if (!response.headersSent) response.writeHead(500, { "content-length": 0 }).end();
  }
}

async function readCall(request: IncomingMessage): Promise<HttpCall> {
  const { method = "GET", url = "/" } = request;
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers[name] = typeof value === "string" ? value : value.join(",");
  }
  const call = { method, url: `http://${headers["host"] ?? "localhost"}${url}`, headers, params: {} };
  // The host hands a body over only where its length was declared: a chunked one does not reach a Node function.
  // https://github.com/Azure/azure-functions-nodejs-worker/issues/524
  if (!(Number(headers["content-length"]) > 0)) {
    request.resume();
    return call;
  }
  // As the real one, which does not say 413: HttpRequestBodySizeMiddleware in https://github.com/Azure/azure-functions-host
  const limit = { ...hostSettings, ...process.env }.FUNCTIONS_REQUEST_BODY_SIZE_LIMIT;
  if (Number(headers["content-length"]) > Number(limit)) {
    request.resume();
    throw new Error(`Request body too large. The max request body size is ${limit} bytes.`);
  }
  const bytes = await new Promise<Buffer>((resolve, reject) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      resolve(Buffer.concat(chunks));
    });
    request.on("error", reject);
  });
  return { ...call, body: { bytes } };
}
