import type { HookTarget } from "./hooks.ts";
import type { HookItem } from "./protocol.ts";

/** A hook again, for a shell that has the secret in OKTA_HOOK_SECRET. */
export function curlOf({ request }: HookItem, { url, authHeader }: HookTarget): string {
  const type = quote(`content-type: ${request.headers["content-type"] ?? "application/json"}`);
  const headers = `-H ${type} -H "${authHeader}: $OKTA_HOOK_SECRET"`;
  return `curl -sS -w '\\n' ${quote(url)} ${headers} --data-raw ${quote(request.body)}\n`;
}

/** As one word for the shell. */
export function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
