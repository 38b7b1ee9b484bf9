import { oktaWords } from "../../src/okta/channels.ts";
import type { EventHook, InlineHook } from "./org.ts";
import type { WantedEvents, WantedHook } from "./wanted-state.ts";

type Headers = InlineHook["channel"]["config"]["headers"];

/**
 * The whole of a telephony hook. Okta replaces all of it: without `headers` it empties them, and the secret has to be there
 * each time. https://developer.okta.com/docs/api/openapi/okta-management/management/tags/inlinehook
 * @param hookSecret for `auth: "secret"` only.
 */
export function inlineHookBody(wanted: WantedHook, hookSecret: string | undefined, headers?: Headers) {
  const place = { uri: wanted.url, method: "POST", headers: kept(headers) };
  const channel =
    wanted.auth === "secret"
      ? {
          type: "HTTP",
          version: "1.0.0",
          config: { ...place, authScheme: { type: "HEADER", key: wanted.header, value: needed(hookSecret) } },
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

/** Which parts of a hook are not as wanted. Of a secret nobody can say: it never comes back. */
export function hookDifferences(wanted: WantedHook, { name, channel: { type, config } }: InlineHook): string[] {
  const same: Readonly<Record<string, boolean>> = {
    name: name === wanted.name,
    url: config.uri === wanted.url,
    auth: type === (wanted.auth === "secret" ? "HTTP" : "OAUTH"),
    ...(wanted.auth === "secret"
      ? // Okta's own examples show it in lower case.
        { header: config.authScheme?.key?.toLowerCase() === wanted.header.toLowerCase() }
      : {
          clientId: config.clientId === wanted.clientId,
          hookKeyId: config.hookKeyId === wanted.hookKeyId,
          tokenUrl: config.tokenUrl === wanted.tokenUrl,
          scope: config.scope === wanted.scope,
        }),
  };
  return falseOnes(same);
}

/** What the event hook tells of: docs/set-up-okta.md#events. */
export const outcomeEvents = [
  "user.authentication.auth_via_mfa",
  "user.mfa.factor.activate",
  ...Object.values(oktaWords).map(({ sentByOkta }) => sentByOkta),
  "inline_hook.executed",
];

// Every factor is told otherwise, passwords and push included.
// https://help.okta.com/en-us/Content/topics/automation-hooks/event-hooks-el.htm
const filter = {
  type: "EXPRESSION_LANGUAGE",
  eventFilterMap: [
    {
      event: "user.authentication.auth_via_mfa",
      condition: {
        version: null,
        expression:
          "event.eventType ne 'user.authentication.auth_via_mfa' || event.target.?[type eq 'AuthenticatorEnrollment' && displayName eq 'Phone'].size()>0",
      },
    },
  ],
};

export function eventHookBody(wanted: WantedEvents, eventSecret: string) {
  return {
    name: wanted.name,
    events: { type: "EVENT_TYPE", items: outcomeEvents, filter: wanted.filter ? filter : null },
    channel: {
      type: "HTTP",
      version: "1.0.0",
      config: {
        uri: wanted.url,
        headers: [],
        authScheme: { type: "HEADER", key: "authorization", value: eventSecret },
      },
    },
  };
}

export function eventHookDifferences(wanted: WantedEvents, { events, channel: { config } }: EventHook): string[] {
  const expressions = (map: EventHook["events"]["filter"]) =>
    map?.eventFilterMap.map(({ event, condition }) => `${event} ${condition.expression}`).join("\n") ?? "";
  return falseOnes({
    url: config.uri === wanted.url,
    header: config.authScheme?.key?.toLowerCase() === "authorization",
    events: events.items.toSorted().join() === outcomeEvents.toSorted().join(),
    filter: expressions(events.filter) === (wanted.filter ? expressions(filter) : ""),
  });
}

function falseOnes(same: Readonly<Record<string, boolean>>): string[] {
  return Object.keys(same).filter((part) => same[part] === false);
}

function kept(headers: Headers) {
  return (headers ?? []).map(({ key, value }) => ({ key, value: value ?? "" }));
}

function needed(secret: string | undefined): string {
  if (secret === undefined) throw new Error("The hook secret is missing.");
  return secret;
}
