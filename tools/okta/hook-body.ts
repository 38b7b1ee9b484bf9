import { differencesOf, type Difference } from "./differences.ts";
import type { InlineHook } from "./org.ts";
import type { WantedHook } from "./wanted-state.ts";

type Headers = InlineHook["channel"]["config"]["headers"];

/**
 * A PUT must repeat the secret, and Okta removes headers that are not in the body.
 * https://developer.okta.com/docs/api/openapi/okta-management/management/tags/inlinehook
 * @param hookSecret required if `auth` is "secret".
 */
export function inlineHookBody(
  wanted: WantedHook,
  hookSecret: string | undefined,
  headers: Headers = [],
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
            authScheme: { type: "HEADER", key: wanted.header, value: hookSecret },
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
  return differencesOf(
    ["name", name, wanted.name],
    ["url", config.uri, wanted.url],
    ["auth", type === "OAUTH" ? "token" : "secret", wanted.auth],
    ...(wanted.auth === "secret"
      ? // In Okta's examples, Okta returns the header's name in lower case.
        [["header", config.authScheme?.key?.toLowerCase(), wanted.header.toLowerCase()] as const]
      : (["clientId", "hookKeyId", "tokenUrl", "scope"] as const).map(
          (part) => [part, config[part], wanted[part]] as const,
        )),
  );
}

/** Returns the body that restores this hook, or undefined if only Okta knows the secret. */
export function bodyOf({ name, channel }: InlineHook, hookSecret: string | undefined) {
  const { authScheme, ...open } = channel.config;
  const isToken = channel.type === "OAUTH";
  if (isToken ? open.authType !== "private_key_jwt" : hookSecret === undefined) return undefined;
  const scheme = { type: "HEADER", key: authScheme?.key, value: hookSecret };
  const config = { ...open, method: "POST", ...(!isToken && { authScheme: scheme }) };
  const version = "1.0.0";
  return { name, version, channel: { type: channel.type, version, config } };
}

function secretHeader(wanted: WantedHook): string {
  return wanted.auth === "secret" ? wanted.header : "authorization";
}

/** Returns the headers that people added in Okta. Leaves out the header that holds the secret. */
export function keptHeaders(headers: Headers, secretIn: string) {
  return headers.filter(({ key }) => key.toLowerCase() !== secretIn.toLowerCase());
}
