import * as z from "zod";
import type { Channel } from "../delivery/channels.ts";
import { isCountry, type Country } from "../delivery/phone-number.ts";
import { parseJson } from "../delivery/json.ts";
import type { CodeKind } from "../delivery/otp-delivery.ts";
import { channelBy, isOtherFactor } from "./channels.ts";
import { detailOf, logEvent, type LogEvent } from "./log-event.ts";

/**
 * What one of Okta's events says of our codes, in our words. Names, logins and numbers are left
 * behind.
 */
export type OktaEvent = CodeUsed | Fallback | HookFailure;

interface OktaEventHead {
  /** Okta's id of the event. By it, an event that came twice is counted once. */
  readonly oktaEventId: string;
  readonly at: Date;
  readonly oktaUserId: string | undefined;
}

export interface CodeUsed extends OktaEventHead {
  readonly kind: "code-used";
  readonly channel: Channel;
  /** What the code was for that was used: an enrollment by an enrollment's event alone. */
  readonly codeKinds: readonly CodeKind[];
  /** The flow, in Okta's words. */
  readonly factorIntent: (typeof factorIntents)[number] | undefined;
}
/** As Okta's catalogue lists them: UserFactorDebugData. */
export const factorIntents = ["LOGIN", "CREDENTIAL_ENROLLMENT", "CREDENTIAL_RECOVERY"] as const;

/** Okta sent the code through its own provider, because it had no good answer from the hook. */
export interface Fallback extends OktaEventHead {
  readonly kind: "fallback";
  readonly channel: Channel;
  readonly country: Country | undefined;
  /** Whether that provider took it. */
  readonly result: (typeof fallbackResults)[number] | undefined;
}
const fallbackResults = ["SUCCESS", "FAILURE", "DENY"] as const;

export interface HookFailure extends OktaEventHead {
  readonly kind: "hook-failure";
  /** Okta gives a sentence, which may quote anything. */
  readonly reason: "timeout" | "http-status" | "other";
}

/**
 * `unreadable`: it has no form of an event. `unknown-factor`: it says in no known word by which
 * factor somebody signed in or enrolled, which may have been a phone.
 */
type UnreadEvent = "unreadable" | "unknown-factor";

/** Okta's are 3 to 5 KB each: a body has room for fewer. */
const eventsLimit = 2_000;

const eventHook = z.object({
  eventType: z.literal("com.okta.event_hook"),
  // Not an array of zod's, which would look at each of 120,000 numbers before it counts them.
  data: z.object({
    events: z.custom<readonly unknown[]>(
      (events) => Array.isArray(events) && events.length <= eventsLimit,
    ),
  }),
});

/**
 * Reads the body of an event hook as far as its events, which `readEvent` reads one by one: each
 * costs time, and a hook beside them is to have its turn.
 * https://developer.okta.com/docs/concepts/event-hooks/
 */
export function parseEventHook(body: string): readonly unknown[] | "not-json" | "wrong-shape" {
  const json = parseJson(body);
  if (json === undefined) return "not-json";
  return eventHook.safeParse(json).data?.data.events ?? "wrong-shape";
}

/** Undefined where it is about none of our codes. */
export function readEvent(given: unknown): OktaEvent | UnreadEvent | undefined {
  const event = logEvent.safeParse(given).data;
  return event === undefined ? "unreadable" : eventIn(event);
}

function eventIn(event: LogEvent): OktaEvent | UnreadEvent | undefined {
  const { uuid, published, eventType, actor, target, outcome } = event;
  const user = target.find(({ type }) => type === "User") ?? actor;
  const head = { oktaEventId: uuid, at: new Date(published), oktaUserId: user.id };
  const debug = (name: string) => detailOf(event.debugContext.debugData, name);
  switch (eventType) {
    case "user.authentication.auth_via_mfa":
    case "user.mfa.factor.activate": {
      const channel = outcome.result === "SUCCESS" ? channelOf(event) : undefined;
      if (channel === undefined || channel === "unknown-factor") return channel;
      const factorIntent = factorIntents.find((intent) => intent === debug("factorIntent"));
      const codeKinds =
        eventType === "user.mfa.factor.activate"
          ? enrollments
          : codeKindsBy[factorIntent ?? "none"];
      return { ...head, kind: "code-used", channel, codeKinds, factorIntent };
    }
    case "inline_hook.executed":
      if (debug("inlineHookType") !== "com.okta.telephony.provider" || outcome.result === "SUCCESS")
        return undefined;
      return {
        ...head,
        kind: "hook-failure",
        reason: reasonIn(`${debug("errorMessage")} ${outcome.reason ?? ""}`),
      };
    default: {
      const channel = channelBy(({ sentByOkta }) => sentByOkta === eventType);
      const failover = ["isSmsHookFailover", "isCallHookFailover"].map(debug);
      if (channel === undefined || !failover.some((word) => word.toLowerCase() === "true"))
        return undefined;
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

const enrollments: readonly CodeKind[] = ["enrollment"];
/**
 * A hook whose request type nobody knows may have been any of them but that. What is verified on
 * the way to enroll something is no use of ours.
 */
const codeKindsBy: Readonly<Record<(typeof factorIntents)[number] | "none", readonly CodeKind[]>> =
  {
    LOGIN: ["sign-in", "unknown"],
    CREDENTIAL_RECOVERY: ["recovery", "unknown"],
    CREDENTIAL_ENROLLMENT: [],
    none: ["sign-in", "recovery", "unknown"],
  };

/**
 * In this order:
 * https://support.okta.com/help/s/article/how-to-locate-factor-information-in-okta-system-log names
 * the first two, Okta's catalogue the third. The events of an enrolled phone differ by their
 * reason.
 */
function channelOf({
  debugContext,
  outcome,
  target,
}: LogEvent): Channel | "unknown-factor" | undefined {
  const words = [
    ...["factor", "factorType"].map((name) => detailOf(debugContext.debugData, name)),
    ...target.map(({ detailEntry }) => detailOf(detailEntry, "methodTypeUsed")),
    outcome.reason ?? "",
  ];
  // Not of a person or an app, who may be called like a factor.
  const names = target.map(({ type, displayName = "" }) =>
    type === "AuthenticatorEnrollment" ? displayName : "",
  );
  const channel = words.map(channelIn).find((found) => found !== undefined);
  return channel ?? (isOtherFactor([...words, ...names]) ? undefined : "unknown-factor");
}

function channelIn(words: string): Channel | undefined {
  return channelBy(({ factor }) => factor.test(words));
}

function reasonIn(sentence: string): HookFailure["reason"] {
  if (/time[ds]?[ _-]?out/i.test(sentence)) return "timeout";
  return /(?<!\d)[1-5]\d\d(?!\d)/.test(sentence) ? "http-status" : "other";
}
