import type { IncomingMessage } from "node:http";

/** Maximum length of a body in bytes. The longest real bodies are telemetry, and are shorter. */
const longestBytes = 16 * 1024 * 1024;

/** Throws if the body is longer than the limit, because any web page can send such a body. */
export async function readWholeBody(
  request: IncomingMessage,
  limitBytes = longestBytes,
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  // Keep the socket after an error: the caller decides whether to answer or to cut the connection.
  const all: AsyncIterable<Buffer> = request.iterator({ destroyOnReturn: false });
  for await (const chunk of all) {
    bytes += chunk.byteLength;
    if (bytes > limitBytes) throw new RangeError(`The body has more than ${limitBytes} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
