import { oktaWords } from "../../src/okta/words.ts";
import { differencesOf, type Difference } from "./differences.ts";
import { keptHeaders } from "./hook-body.ts";
import type { EventHook } from "./org.ts";
import type { WantedEvents } from "./wanted-state.ts";

/** Events that Okta reports to the app: docs/set-up-okta.md#events. */
export const outcomeEvents = [
  "user.authentication.auth_via_mfa",
  "user.mfa.factor.activate",
  ...Object.values(oktaWords).map(({ sentByOkta }) => sentByOkta),
  "inline_hook.executed",
];

/**
 * Returns the filter for phone codes. Without a filter, Okta reports every factor, including
 * passwords and push.
 * https://help.okta.com/en-us/Content/topics/automation-hooks/event-hooks-el.htm
 * @param phoneName the name of the org's phone authenticator. Okta's events contain this name.
 */
function filterFor(phoneName: string) {
  const name = phoneName.replaceAll("'", "''");
  return {
    type: "EXPRESSION_LANGUAGE",
    eventFilterMap: [
      {
        event: "user.authentication.auth_via_mfa",
        condition: {
          expression: `event.eventType ne 'user.authentication.auth_via_mfa' || event.target.?[type eq 'AuthenticatorEnrollment' && displayName eq '${name}'].size()>0`,
        },
      },
    ],
  };
}

/**
 * Returns the body for a POST, or for a PUT that replaces the hook `before`. In recordings of
 * Okta's API, the body of a PUT sets the hook's status, so the body repeats the status of `before`.
 * The hook keeps its other headers.
 */
export function eventHookBody(
  wanted: WantedEvents,
  eventSecret: string,
  phoneName: string,
  before?: EventHook,
) {
  return {
    name: wanted.name,
    ...(before !== undefined && { status: before.status }),
    events: {
      type: "EVENT_TYPE",
      items: outcomeEvents,
      filter: wanted.filter ? filterFor(phoneName) : null,
    },
    channel: {
      type: "HTTP",
      version: "1.0.0",
      config: {
        uri: wanted.url,
        headers: keptHeaders(before?.channel.config.headers ?? [], "authorization"),
        authScheme: { type: "HEADER", key: "authorization", value: eventSecret },
      },
    },
  };
}

export function eventHookDifferences(
  wanted: WantedEvents,
  { name, events, channel: { config } }: EventHook,
  phoneName: string,
): Difference[] {
  const expressions = (map: EventHook["events"]["filter"]) =>
    map?.eventFilterMap.map(({ condition }) => condition.expression).join("; ");
  const wantedFilter = wanted.filter ? filterFor(phoneName) : null;
  return differencesOf(
    ["name", name, wanted.name],
    ["url", config.uri, wanted.url],
    ["header", config.authScheme?.key?.toLowerCase(), "authorization"],
    ["events", events.items.toSorted().join(", "), outcomeEvents.toSorted().join(", ")],
    ["filter", expressions(events.filter), expressions(wantedFilter) ?? "none"],
  );
}
