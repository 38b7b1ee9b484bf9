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
 * Without a filter, Okta reports every factor, including passwords and push:
 * https://help.okta.com/en-us/Content/topics/automation-hooks/event-hooks-el.htm
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

/** In recordings of Okta's API, a PUT sets the hook's status, so the body repeats the status. */
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
