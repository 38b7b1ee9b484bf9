import type { HttpRequest } from "@azure/functions";

/** A hook or a receipt is a few KB. The host has read it by then: this bounds what is parsed. */
const defaultLimitBytes = 64 * 1024;

/** Why a body is not parsed. */
export type UnreadableBody = "too-large" | "chunked-body";

export async function readBody(
  request: HttpRequest,
  limitBytes = defaultLimitBytes,
): Promise<{ readonly body: string } | { readonly unreadable: UnreadableBody }> {
  const body = await request.text();
  if (Buffer.byteLength(body) > limitBytes) return { unreadable: "too-large" };
  // The host keeps a chunked body from a Node function: https://github.com/Azure/azure-functions-nodejs-worker/issues/524
  if (body === "" && request.headers.has("transfer-encoding")) return { unreadable: "chunked-body" };
  return { body };
}
