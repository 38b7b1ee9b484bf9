import type { IncomingMessage, ServerResponse } from "node:http";
import type { Answer } from "./8x8/api.ts";

/** A request for the sandbox itself that passed the checks in this file. */
export interface OwnRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/**
 * Any web page can reach loopback. These headers keep other origins from loading or framing this
 * page, and keep this page from sending data to them.
 */
const headers: Readonly<Record<string, string>> = {
  "content-security-policy":
    "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'; require-trusted-types-for 'script'",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "cache-control": "no-store",
};
const bodyLimitBytes = 256 * 1024;

/**
 * Parses the target of a request before any check, because another spelling of a path could pass.
 * Returns undefined for an absolute URL or an asterisk.
 */
export function parseTarget(target: string | undefined): URL | undefined {
  return target?.startsWith("/") ? (URL.parse(`http://sandbox${target}`) ?? undefined) : undefined;
}

export async function readOwnRequest(
  request: IncomingMessage,
  response: ServerResponse,
  target: URL | undefined,
): Promise<OwnRequest | Answer> {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  const { method = "" } = request;
  const refusal = refuseForeign(request) ?? refuseForm(method, request.headers["content-type"]);
  if (refusal !== undefined) return refusal;
  if (target === undefined) return refuse(400, "The target of the request is not a path.");
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.byteLength;
    if (bytes > bodyLimitBytes)
      return refuse(413, `The body has more than ${bodyLimitBytes} bytes. Send a shorter body.`);
    chunks.push(chunk);
  }
  const body = Buffer.concat(chunks).toString();
  return {
    method,
    path: target.pathname,
    query: target.searchParams,
    headers: request.headers,
    body,
  };
}

/**
 * Refuses requests from other sites. A foreign Host is another site's name for this machine. A
 * foreign Origin or Sec-Fetch-Site comes from another site's page. Programs such as curl and our
 * tests send neither Origin nor Sec-Fetch-Site.
 * https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Sec-Fetch-Site
 */
export function refuseForeign({
  headers,
  socket: { localPort },
}: IncomingMessage): Answer | undefined {
  const { host = "", origin } = headers;
  const site = headers["sec-fetch-site"];
  const ours = ["127.0.0.1", "localhost", "[::1]"].some(
    (name) => host.toLowerCase() === `${name}:${localPort}`,
  );
  const sameOrigin =
    origin === undefined || origin.toLowerCase() === `http://${host.toLowerCase()}`;
  const sameSite = site === undefined || site === "none" || site === "same-origin";
  return ours && sameOrigin && sameSite
    ? undefined
    : refuse(403, "Only programs on this machine and the sandbox's own pages can send requests.");
}

/**
 * Refuses a POST whose content type is not JSON. A form on another site cannot send JSON without a
 * CORS preflight, and this server approves no preflight.
 */
function refuseForm(method: string, contentType = ""): Answer | undefined {
  if (method === "GET") return undefined;
  if (method !== "POST") return refuse(405, "Use GET or POST.");
  if (/^application\/json\s*(;|$)/i.test(contentType)) return undefined;
  return refuse(415, "A POST needs the header content-type: application/json.");
}

function refuse(status: number, error: string): Answer {
  return { status, body: { error } };
}
