import type { HookItem } from "./protocol.ts";

/**
 * Returns the request's body with a new expiry. The code's lifetime is the same as in the first
 * request, counted from now.
 */
export function renewed({ at, request: { body } }: Pick<HookItem, "at" | "request">): string {
  return body.replace(/("otpExpires"\s*:\s*")([^"]*)(?=")/, (written, name: string, expires) => {
    const leftMs = Date.parse(String(expires)) - Date.parse(at);
    return Number.isNaN(leftMs) ? written : name + new Date(Date.now() + leftMs).toISOString();
  });
}
