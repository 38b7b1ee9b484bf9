import type { IncomingMessage } from "node:http";

/** Limit above the body of any real caller. The longest bodies go to the ingestion. */
const longestBytes = 16 * 1024 * 1024;

/** Throws if the body is longer than the limit, because any web page can send such a body. */
export async function readWholeBody(
  request: IncomingMessage,
  limitBytes = longestBytes,
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  // The iterator must not destroy the socket, which the code that catches the error needs.
  const all: AsyncIterable<Buffer> = request.iterator({ destroyOnReturn: false });
  for await (const chunk of all) {
    bytes += chunk.byteLength;
    if (bytes > limitBytes) throw new RangeError(`The body has more than ${limitBytes} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
