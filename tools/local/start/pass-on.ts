import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { readWholeBody } from "../../sandbox/request-body.ts";

/** A server on loopback that passes requests on to another server. */
export interface Between {
  readonly url: string;
  close(): Promise<void>;
}

/** A request that fails is cut, and the server keeps running. */
export async function startBetween(
  port: number,
  serve: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
): Promise<Between> {
  const server = createServer((request, response) => {
    serve(request, response).catch(() => {
      response.destroy();
    });
  }).listen(port, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

/** The limit in Azure: FUNCTIONS_REQUEST_BODY_SIZE_LIMIT. */
const bodyLimitBytes = 2 * 1024 * 1024;

/** Throws if the body is longer than in Azure. */
export const readBody = (request: IncomingMessage): Promise<Buffer> =>
  readWholeBody(request, bodyLimitBytes);

/** Passes a request on with the given headers only. It follows no redirect. */
export async function passOn(
  { method = "GET", headers }: IncomingMessage,
  body: Buffer,
  to: { readonly url: URL; readonly headers: readonly string[] },
  response: ServerResponse,
): Promise<void> {
  const kept = to.headers.flatMap((name): [string, string][] => {
    const value = headers[name];
    return typeof value === "string" ? [[name, value]] : [];
  });
  const answer = await fetch(to.url, {
    method,
    headers: Object.fromEntries(kept),
    body: body.length > 0 ? new Uint8Array(body) : null,
    redirect: "manual",
  });
  const read = Buffer.from(await answer.arrayBuffer());
  const retryAfter = answer.headers.get("retry-after");
  response.writeHead(answer.status, {
    "content-type": answer.headers.get("content-type") ?? "application/json",
    ...(retryAfter !== null && { "retry-after": retryAfter }),
    "content-length": read.length,
  });
  response.end(read);
}
