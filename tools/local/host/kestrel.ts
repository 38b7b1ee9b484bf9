import type { IncomingMessage } from "node:http";
// Import no timers here: the app uses the global timers, and tests speed those up.
import { clearInterval, setInterval } from "node:timers";

export interface KestrelLimits {
  /** Length of the request line, including its line break. */
  readonly requestLineBytes: number;
  /** Length of all header lines, including their line breaks. */
  readonly headersBytes: number;
  readonly headers: number;
  readonly bodyBytesPerSecond: number;
  /** Time in which a body may be slower than the minimum rate. */
  readonly bodyGraceMs: number;
  /** Interval between two checks of the rate. */
  readonly bodyCheckMs: number;
}

/**
 * Defaults of Kestrel, the web server of the Functions host.
 * https://learn.microsoft.com/dotnet/api/microsoft.aspnetcore.server.kestrel.core.kestrelserverlimits
 * https://learn.microsoft.com/aspnet/core/fundamentals/servers/kestrel/options
 */
export const kestrelLimits: KestrelLimits = {
  requestLineBytes: 8 * 1024,
  headersBytes: 32 * 1024,
  headers: 100,
  bodyBytesPerSecond: 240,
  bodyGraceMs: 5_000,
  bodyCheckMs: 1_000,
};

/**
 * Returns the status if Kestrel itself refuses the request. Otherwise the host gets the request.
 */
export function refusedByKestrel(
  request: IncomingMessage,
  limits: KestrelLimits,
): 400 | 414 | 431 | undefined {
  const { method = "", url = "", rawHeaders } = request;
  if (`${method} ${url} HTTP/1.1\r\n`.length > limits.requestLineBytes) return 414;
  // Two bytes follow each part: a colon and a space after a name, a line break after a value.
  const headersBytes = rawHeaders.reduce((bytes, part) => bytes + part.length + 2, 0);
  if (headersBytes > limits.headersBytes || rawHeaders.length / 2 > limits.headers) return 431;
  return (request.headersDistinct["host"] ?? []).length > 1 ? 400 : undefined;
}

/**
 * Returns the path that the host sees: without dot segments, and decoded except for `%2F`.
 * https://learn.microsoft.com/dotnet/api/microsoft.aspnetcore.http.httprequest.path
 */
export function pathOf(target: string): string {
  const [path = ""] = target.split("?", 1);
  // An http URL would turn backslashes into slashes.
  const url = URL.parse(path.startsWith("/") ? `kestrel://host${path}` : path);
  if (url === null) return path;
  try {
    return decodeURI(url.pathname + url.hash);
  } catch {
    return path;
  }
}

/**
 * Returns the headers as the host passes them to the worker: decoded as UTF-8, with repeated
 * headers joined by commas.
 * https://learn.microsoft.com/dotnet/api/microsoft.aspnetcore.server.kestrel.core.kestrelserveroptions.requestheaderencodingselector
 * https://learn.microsoft.com/dotnet/api/microsoft.extensions.primitives.stringvalues.tostring
 */
export function headersOf(request: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(request.headersDistinct).map(([name, values = []]) => [
      name,
      Buffer.from(values.join(","), "latin1").toString(),
    ]),
  );
}

export class SlowBodyError extends Error {}

/** Rejects if the body is slower than Kestrel's minimum data rate. */
export function readBody(request: IncomingMessage, limits: KestrelLimits): Promise<Buffer> {
  const start = performance.now();
  const chunks: Buffer[] = [];
  let bytes = 0;
  let check: NodeJS.Timeout;
  return new Promise<Buffer>((resolve, reject) => {
    check = setInterval(() => {
      const ms = performance.now() - start;
      if (ms > limits.bodyGraceMs && bytes < (limits.bodyBytesPerSecond * ms) / 1_000)
        reject(
          new SlowBodyError("Reading the request body timed out due to data arriving too slowly."),
        );
    }, limits.bodyCheckMs);
    request.on("data", (chunk: Buffer) => {
      chunks.push(chunk);
      bytes += chunk.byteLength;
    });
    request.on("end", () => {
      resolve(Buffer.concat(chunks));
    });
    request.on("error", reject);
  }).finally(() => {
    clearInterval(check);
  });
}
