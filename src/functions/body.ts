import type { HttpRequest } from "@azure/functions";

/** A request of the hook or a receipt is a few KB. */
const defaultLimitBytes = 64 * 1024;

/** Reads the body. The limit protects the parser: the host has read the whole body already. */
export async function readBody(request: HttpRequest, limitBytes = defaultLimitBytes) {
  const bytes = Buffer.from(await request.arrayBuffer());
  if (bytes.length > limitBytes) return { ok: false, reason: "too-large" } as const;
  // The host does not pass a chunked body to a Node function:
  // https://github.com/Azure/azure-functions-nodejs-worker/issues/524
  if (bytes.length === 0 && request.headers.has("transfer-encoding"))
    return { ok: false, reason: "chunked-body" } as const;
  return { ok: true, bytes, body: bytes.toString() } as const;
}
