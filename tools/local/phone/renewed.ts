import type { HookItem } from "./protocol.ts";

/**
 * A hook's body to send again. Its code expires after the same time as in the first request. The
 * rest of the body is unchanged.
 */
export function renewed({ at, request: { body } }: Pick<HookItem, "at" | "request">): string {
  return body.replace(/("otpExpires"\s*:\s*")([^"]*)(?=")/, (written, name: string, expires) => {
    const leftMs = Date.parse(String(expires)) - Date.parse(at);
    return Number.isNaN(leftMs) ? written : name + new Date(Date.now() + leftMs).toISOString();
  });
}
