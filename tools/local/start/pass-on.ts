import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { readWholeBody } from "../../sandbox/request-body.ts";
import { errorName } from "../../../src/privacy/redacted.ts";
import { print } from "../../terminal.ts";

/** A server on loopback that forwards requests to another server. */
export interface Between {
  readonly url: string;
  close(): Promise<void>;
}

/** If a request fails, the server cuts its connection, prints why and keeps running. */
export async function startBetween(
  to: string,
  port: number,
  serve: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
): Promise<Between> {
  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      print(`A request to ${to} was cut. ${whyCut(error)}`);
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

/** For an error of fetch, returns only the code, because the message could quote a header. */
function whyCut(error: unknown): string {
  if (error instanceof RangeError) return error.message;
  const { code } = ((error as Error).cause ?? {}) as { readonly code?: string };
  return `The connection failed: ${code ?? errorName(error)}.`;
}

/** The limit in Azure: FUNCTIONS_REQUEST_BODY_SIZE_LIMIT. */
const bodyLimitBytes = 2 * 1024 * 1024;

/** Throws if the body exceeds the limit in Azure. */
export const readBody = (request: IncomingMessage): Promise<Buffer> =>
  readWholeBody(request, bodyLimitBytes);

/** Forwards a request with only the given headers. Does not follow redirects. */
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
