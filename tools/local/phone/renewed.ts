import type { HookItem } from "./protocol.ts";

/**
 * Returns the body to send a request again. The code's lifetime is the same as in the first
 * request, counted from now. The rest of the body is unchanged.
 */
export function renewed({ at, request: { body } }: Pick<HookItem, "at" | "request">): string {
  return body.replace(/("otpExpires"\s*:\s*")([^"]*)(?=")/, (written, name: string, expires) => {
    const leftMs = Date.parse(String(expires)) - Date.parse(at);
    return Number.isNaN(leftMs) ? written : name + new Date(Date.now() + leftMs).toISOString();
  });
}
