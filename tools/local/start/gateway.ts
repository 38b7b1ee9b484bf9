import { once } from "node:events";
import {
  createServer,
  request as forward,
  type IncomingMessage,
  type ServerResponse,
} from "node:http";
import { pipeline } from "node:stream/promises";

/** Routes that Okta calls. The internet cannot reach the phone page, health and receipts. */
const open: Readonly<Record<string, readonly string[]>> = {
  "/api/okta/telephony": ["POST"],
  "/api/okta/events": ["GET", "POST"],
};

/** Headers that the app reads, besides the hook secret's header. Others are dropped. */
const passedHeaders = [
  "authorization",
  "content-length",
  "content-type",
  "x-okta-verification-challenge",
] as const;

export interface Gateway {
  close(): Promise<void>;
}

/**
 * Starts the server behind the tunnel. It forwards requests for Okta's two routes to the host, and
 * answers 404 to all others.
 */
export async function startGateway(
  port: string,
  hostUrl: string,
  authHeader = "authorization",
): Promise<Gateway> {
  const passed = [...passedHeaders, authHeader.toLowerCase()];
  const server = createServer((request, response) => {
    const path = request.url?.split("?", 1)[0] ?? "";
    if (open[path]?.includes(request.method ?? "")) {
      try {
        passOn(request, response, new URL(path, hostUrl), passed);
      } catch {
        // End only this request, so that the gateway keeps running.
        response.destroy();
      }
    } else response.writeHead(404, { "content-length": 0 }).end();
  }).listen(Number(port), "127.0.0.1");
  await once(server, "listening");
  return {
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

/** The limit in Azure: FUNCTIONS_REQUEST_BODY_SIZE_LIMIT. */
const bodyLimitBytes = 2 * 1024 * 1024;

function passOn(
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  names: readonly string[],
): void {
  const { method } = request;
  const headers = pick(request.headers, names);
  if (Number(headers["content-length"]) > bodyLimitBytes) {
    response.writeHead(413, { "content-length": 0, connection: "close" }).end();
    return;
  }
  const passed = forward(url, { method, headers });
  passed.on("response", (answer) => {
    const kept = pick(answer.headers, ["content-length", "content-type"]);
    response.writeHead(answer.statusCode ?? 502, kept);
    answer.pipe(response);
  });
  passed.on("error", () => {
    if (!response.headersSent) response.writeHead(502, { "content-length": 0 });
    response.end();
  });
  // At this event, the caller has disconnected or has the whole answer.
  response.on("close", () => passed.destroy());
  pipeline(request, upToLimit, passed).catch((error: unknown) => {
    if (error instanceof RangeError) response.destroy();
  });
}

function pick(headers: IncomingMessage["headers"], names: readonly string[]) {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = headers[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** Throws after the limit, because a chunked body does not declare its length. */
async function* upToLimit(body: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    if (bytes > bodyLimitBytes) throw new RangeError("The body is too large.");
    yield chunk;
  }
}
