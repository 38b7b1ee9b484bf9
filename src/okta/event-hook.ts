import * as z from "zod";
import type { Channel } from "../delivery/channels.ts";
import { isCountry, type Country } from "../delivery/phone-number.ts";
import { parseJson } from "../delivery/parse-json.ts";
import { channelBy } from "./channels.ts";
import { detailOf, logEvent, type LogEvent } from "./log-event.ts";

/** What one of Okta's events tells of our codes, in our words. Names, logins and numbers are left behind. */
export type OktaEvent = VerifiedCode | Fallback | HookFailure;

interface OktaEventHead {
  /** Okta's own. What came twice is counted once by it. */
  readonly oktaEventId: string;
  readonly at: Date;
  readonly oktaUserId: string | undefined;
}

export interface VerifiedCode extends OktaEventHead {
  readonly kind: "verified-code";
  readonly channel: Channel;
}

/** Okta turned to its own provider, since our answer did not satisfy it. */
export interface Fallback extends OktaEventHead {
  readonly kind: "fallback";
  readonly channel: Channel;
  readonly country: Country | undefined;
  /** Whether that provider took it. */
  readonly result: (typeof fallbackResults)[number] | undefined;
}
export const fallbackResults = ["SUCCESS", "FAILURE", "DENY"] as const;

export interface HookFailure extends OktaEventHead {
  readonly kind: "hook-failure";
  /** Okta gives a sentence, which may quote anything. */
  readonly reason: (typeof hookFailureReasons)[number];
}
export const hookFailureReasons = ["timeout", "http-status", "other"] as const;

export interface EventBatch {
  readonly events: readonly OktaEvent[];
  /** How many have no form of an event. */
  readonly unreadable: number;
}

/** Why a body is not one of Okta's. */
export const unreadableReasons = ["not-json", "wrong-shape"] as const;
export type UnreadableReason = (typeof unreadableReasons)[number];

/** Okta's are 3 to 5 KB each. As many numbers as a body has room for would block the worker for a third of a second. */
const eventsLimit = 2_000;

const eventHook = z.object({
  eventType: z.literal("com.okta.event_hook"),
  data: z.object({ events: z.array(z.unknown()).max(eventsLimit) }),
});

/** Reads the body of an event hook: https://developer.okta.com/docs/concepts/event-hooks/ */
export function parseEventHook(body: string): EventBatch | UnreadableReason {
  const json = parseJson(body);
  if (json === undefined) return "not-json";
  const given = eventHook.safeParse(json).data?.data.events;
  if (given === undefined) return "wrong-shape";
  const read = given.map((event) => logEvent.safeParse(event).data);
  return {
    events: read.flatMap((event) => (event && toldBy(event)) ?? []),
    unreadable: read.filter((event) => event === undefined).length,
  };
}

function toldBy(event: LogEvent): OktaEvent | undefined {
  const { uuid, published, eventType, actor, target, outcome } = event;
  const user = target.find(({ type }) => type === "User") ?? actor;
  const head = { oktaEventId: uuid, at: new Date(published), oktaUserId: user.id };
  const debug = (name: string) => detailOf(event.debugContext.debugData, name);
  switch (eventType) {
    case "user.authentication.auth_via_mfa":
    case "user.mfa.factor.activate": {
      const channel = outcome.result === "SUCCESS" ? channelOf(event) : undefined;
      return channel && { ...head, kind: "verified-code", channel };
    }
    case "inline_hook.executed":
      if (debug("inlineHookType") !== "com.okta.telephony.provider" || outcome.result === "SUCCESS") return undefined;
      return { ...head, kind: "hook-failure", reason: reasonIn(`${debug("errorMessage")} ${outcome.reason ?? ""}`) };
    default: {
      const channel = channelBy(({ sentByOkta }) => sentByOkta === eventType);
      const failover = ["isSmsHookFailover", "isCallHookFailover", "isVoiceHookFailover"].map(debug);
      if (channel === undefined || !failover.some((word) => word.toLowerCase() === "true")) return undefined;
      const country = debug("countryCodeIso2").toUpperCase();
      return {
        ...head,
        kind: "fallback",
        channel,
        country: isCountry(country) ? country : undefined,
        result: fallbackResults.find((known) => known === outcome.result),
      };
    }
  }
}

/** The factor says it; where there is none, a sentence or the method's name does. */
function channelOf({ debugContext, outcome, target }: LogEvent): Channel | undefined {
  const factor = detailOf(debugContext.debugData, "factor");
  if (factor !== "") return channelIn(factor);
  const methods = target.map(({ detailEntry }) => detailOf(detailEntry, "methodTypeUsed"));
  return [outcome.reason ?? "", ...methods].map(channelIn).find((channel) => channel !== undefined);
}

function channelIn(words: string): Channel | undefined {
  return channelBy(({ factor }) => factor.test(words));
}

function reasonIn(sentence: string): HookFailure["reason"] {
  if (/time[ds]?[ _-]?out/i.test(sentence)) return "timeout";
  return /(?<!\d)[1-5]\d\d(?!\d)/.test(sentence) ? "http-status" : "other";
}
