import type { HookItem } from "./protocol.ts";

/**
 * A hook's body to send again: its code is as long from its expiry as it was when the hook came.
 * The rest stays as it was written.
 */
export function renewed({ at, request: { body } }: Pick<HookItem, "at" | "request">): string {
  return body.replace(/("otpExpires"\s*:\s*")([^"]*)(?=")/, (written, name: string, expires) => {
    const leftMs = Date.parse(String(expires)) - Date.parse(at);
    return Number.isNaN(leftMs) ? written : name + new Date(Date.now() + leftMs).toISOString();
  });
}
