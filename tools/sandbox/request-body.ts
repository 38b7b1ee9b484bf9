import type { IncomingMessage } from "node:http";

/** More than any caller of a stand-in sends; the ingestion gets the most. */
const limitBytes = 16 * 1024 * 1024;

/** The whole body. Throws where it is longer than any caller's: any page in a browser can send. */
export async function readWholeBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  // Whoever catches the error has to find the request's socket.
  const all: AsyncIterable<Buffer> = request.iterator({ destroyOnReturn: false });
  for await (const chunk of all) {
    bytes += chunk.byteLength;
    if (bytes > limitBytes) throw new RangeError("The body is too large.");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
