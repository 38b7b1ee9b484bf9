import { differencesOf, type Difference } from "./differences.ts";
import type { InlineHook } from "./org.ts";
import type { WantedHook } from "./wanted-state.ts";

type Headers = InlineHook["channel"]["config"]["headers"];

/**
 * Returns the body for a POST or PUT. A PUT replaces the whole hook: it must repeat the secret, and
 * it removes headers that it does not name.
 * https://developer.okta.com/docs/api/openapi/okta-management/management/tags/inlinehook
 * @param hookSecret required if `auth` is "secret".
 */
export function inlineHookBody(
  wanted: WantedHook,
  hookSecret: string | undefined,
  headers?: Headers,
) {
  const place = {
    uri: wanted.url,
    method: "POST",
    headers: keptHeaders(headers, secretHeader(wanted)),
  };
  const channel =
    wanted.auth === "secret"
      ? {
          type: "HTTP",
          version: "1.0.0",
          config: {
            ...place,
            authScheme: { type: "HEADER", key: wanted.header, value: needed(hookSecret) },
          },
        }
      : {
          type: "OAUTH",
          version: "1.0.0",
          config: {
            ...place,
            authType: "private_key_jwt",
            clientId: wanted.clientId,
            hookKeyId: wanted.hookKeyId,
            tokenUrl: wanted.tokenUrl,
            scope: wanted.scope,
          },
        };
  return { name: wanted.name, version: "1.0.0", channel };
}

/** Compares everything except the secret, which Okta never returns. */
export function hookDifferences(
  wanted: WantedHook,
  { name, channel: { type, config } }: InlineHook,
): Difference[] {
  const inTheWay = (config.headers ?? []).filter((one) => isNamed(one, secretHeader(wanted)));
  return differencesOf(
    ["name", name, wanted.name],
    ["url", config.uri, wanted.url],
    ["auth", type === "OAUTH" ? "token" : "secret", wanted.auth],
    ...(wanted.auth === "secret"
      ? // Okta's examples return the name in lower case.
        [["header", config.authScheme?.key?.toLowerCase(), wanted.header.toLowerCase()] as const]
      : (["clientId", "hookKeyId", "tokenUrl", "scope"] as const).map(
          (part) => [part, config[part], wanted[part]] as const,
        )),
    ["second header", inTheWay[0]?.key.toLowerCase(), "none"],
  );
}

/**
 * Returns the body that restores this hook, or undefined if only Okta knows its secret.
 * @param hookSecret the secret that the hook uses now.
 */
export function bodyOf(
  { name, channel: { type, config } }: InlineHook,
  hookSecret: string | undefined,
) {
  const { uri, headers, authScheme, authType, clientId, hookKeyId, tokenUrl, scope } = config;
  const place = {
    uri,
    method: "POST",
    headers: (headers ?? []).map(({ key, value }) => ({ key, value: value ?? "" })),
  };
  const bySecret = {
    ...place,
    authScheme: { type: "HEADER", key: authScheme?.key, value: hookSecret },
  };
  const byToken = { ...place, authType, clientId, hookKeyId, tokenUrl, scope };
  if (type === "OAUTH" ? authType !== "private_key_jwt" : hookSecret === undefined)
    return undefined;
  const version = "1.0.0";
  return {
    name,
    version,
    channel: { type, version, config: type === "OAUTH" ? byToken : bySecret },
  };
}

/** Returns the name of the header with the hook's secret or token. */
function secretHeader(wanted: WantedHook): string {
  return wanted.auth === "secret" ? wanted.header : "authorization";
}

export function headersBeside(wanted: WantedHook, { channel }: InlineHook): string[] {
  const beside = (channel.config.headers ?? []).filter(
    (one) => !isNamed(one, secretHeader(wanted)),
  );
  return beside.map(({ key }) => (/^[\w-]{1,60}$/.test(key) ? key : "a malformed name"));
}

export function keptHeaders(headers: Headers, secretIn: string) {
  const own = (headers ?? []).filter((one) => !isNamed(one, secretIn));
  return own.map(({ key, value }) => ({ key, value: value ?? "" }));
}

function isNamed({ key }: { readonly key: string }, name: string): boolean {
  return key.toLowerCase() === name.toLowerCase();
}

function needed(secret: string | undefined): string {
  if (secret === undefined) throw new Error("The hook secret is missing.");
  return secret;
}
