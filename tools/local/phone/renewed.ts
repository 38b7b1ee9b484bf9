import type { HookItem } from "./protocol.ts";

/** From now on, the code is valid for as long as it was when the first request arrived. */
export function renewed({ at, request: { body } }: Pick<HookItem, "at" | "request">): string {
  return body.replace(/("otpExpires"\s*:\s*")([^"]*)(?=")/, (written, name: string, expires) => {
    const leftMs = Date.parse(String(expires)) - Date.parse(at);
    return Number.isNaN(leftMs) ? written : name + new Date(Date.now() + leftMs).toISOString();
  });
}
