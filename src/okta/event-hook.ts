import * as z from "zod";
import type { Channel } from "../rules/channels.ts";
import type { CodeKind } from "../rules/code-request.ts";
import { isCountry, type Country } from "../rules/phone-number.ts";
import { parseJson } from "../privacy/json.ts";
import { detailOf, factorChannelOf, logEvent, type LogEvent } from "./log-event.ts";
import { channelBy } from "./words.ts";

/** An event of Okta about one of the app's codes, without names, logins and phone numbers. */
export type OktaEvent = CodeUsed | Fallback | HookFailure;

interface OktaEventHead {
  /** Okta's id of the event. If Okta sends an event twice, both copies have the same id. */
  readonly oktaEventId: string;
  readonly at: Date;
  readonly oktaUserId: string | undefined;
}

export interface CodeUsed extends OktaEventHead {
  readonly kind: "code-used";
  readonly channel: Channel;
  readonly codeKinds: readonly CodeKind[];
  readonly factorIntent: (typeof factorIntents)[number] | undefined;
}
export const factorIntents = ["LOGIN", "CREDENTIAL_ENROLLMENT", "CREDENTIAL_RECOVERY"] as const;

/** Okta sent the code through its own provider, because the hook gave no good answer. */
export interface Fallback extends OktaEventHead {
  readonly kind: "fallback";
  readonly channel: Channel;
  readonly country: Country | undefined;
  readonly result: (typeof fallbackResults)[number] | undefined;
}
const fallbackResults = ["SUCCESS", "FAILURE", "DENY"] as const;

export interface HookFailure extends OktaEventHead {
  readonly kind: "hook-failure";
  /** Derived from Okta's error message, which is dropped because it may quote anything. */
  readonly reason: "timeout" | "http-status" | "other";
}

type ReadEvent =
  | { readonly ok: true; readonly event: OktaEvent | undefined }
  | {
      readonly ok: false;
      /** `unknown-factor`: a factor that the app does not know, which may be a phone. */
      readonly reason: "malformed-events" | "unknown-factor";
    };

const eventsLimit = 2_000;

const eventHook = z.object({
  eventType: z.literal("com.okta.event_hook"),
  // z.array would parse each entry before it checks how many entries there are.
  data: z.object({
    events: z.custom<readonly unknown[]>(
      (events) => Array.isArray(events) && events.length <= eventsLimit,
    ),
  }),
});

/**
 * Leaves the events to `readEvent`, so other requests can run between two events.
 * https://developer.okta.com/docs/concepts/event-hooks/
 */
export function parseEventHook(body: string) {
  const json = parseJson(body);
  if (json === undefined) return malformedBatch("not-json");
  const { data } = eventHook.safeParse(json);
  if (data === undefined) return malformedBatch("wrong-shape");
  return { ok: true, events: data.data.events } as const;
}

function malformedBatch(reason: "not-json" | "wrong-shape") {
  return { ok: false, outcome: "malformed", reason } as const;
}

export function readEvent(given: unknown): ReadEvent {
  const { data: event } = logEvent.safeParse(given);
  if (event === undefined) return { ok: false, reason: "malformed-events" };
  const { uuid, published, eventType, actor, target } = event;
  const user = target.find(({ type }) => type === "User") ?? actor;
  const head = { oktaEventId: uuid, at: new Date(published), oktaUserId: user.id };
  switch (eventType) {
    case "user.authentication.auth_via_mfa":
    case "user.mfa.factor.activate":
      return readUsedCode(event, head);
    case "inline_hook.executed":
      return { ok: true, event: readHookFailure(event, head) };
    default:
      return { ok: true, event: readFallback(event, head) };
  }
}

function readUsedCode(event: LogEvent, head: OktaEventHead): ReadEvent {
  if (event.outcome.result !== "SUCCESS") return { ok: true, event: undefined };
  const channel = factorChannelOf(event);
  if (channel === "unknown-factor") return { ok: false, reason: channel };
  if (channel === undefined) return { ok: true, event: undefined };
  const intent = detailOf(event.debugContext.debugData, "factorIntent");
  const factorIntent = factorIntents.find((known) => known === intent);
  const codeKinds =
    event.eventType === "user.mfa.factor.activate"
      ? enrollments
      : codeKindsBy[factorIntent ?? "none"];
  return { ok: true, event: { ...head, kind: "code-used", channel, codeKinds, factorIntent } };
}

function readHookFailure(
  { outcome, debugContext: { debugData } }: LogEvent,
  head: OktaEventHead,
): HookFailure | undefined {
  const isTelephony = detailOf(debugData, "inlineHookType") === "com.okta.telephony.provider";
  if (!isTelephony || outcome.result === "SUCCESS") return undefined;
  const sentence = `${detailOf(debugData, "errorMessage")} ${outcome.reason ?? ""}`;
  return { ...head, kind: "hook-failure", reason: reasonIn(sentence) };
}

function readFallback(
  { eventType, outcome, debugContext: { debugData } }: LogEvent,
  head: OktaEventHead,
): Fallback | undefined {
  const channel = channelBy(({ sentByOkta }) => sentByOkta === eventType);
  const isFallback = ["isSmsHookFailover", "isCallHookFailover"].some(
    (name) => detailOf(debugData, name).toLowerCase() === "true",
  );
  if (channel === undefined || !isFallback) return undefined;
  const country = detailOf(debugData, "countryCodeIso2").toUpperCase();
  return {
    ...head,
    kind: "fallback",
    channel,
    country: isCountry(country) ? country : undefined,
    result: fallbackResults.find((known) => known === outcome.result),
  };
}

const enrollments: readonly CodeKind[] = ["enrollment"];
/** CREDENTIAL_ENROLLMENT matches no code, because Okta does not document what it means. */
const codeKindsBy: Readonly<Record<(typeof factorIntents)[number] | "none", readonly CodeKind[]>> =
  {
    LOGIN: ["sign-in", "unknown"],
    CREDENTIAL_RECOVERY: ["recovery", "unknown"],
    CREDENTIAL_ENROLLMENT: [],
    none: ["sign-in", "recovery", "unknown"],
  };

function reasonIn(sentence: string): HookFailure["reason"] {
  if (/time[ds]?[ _-]?out/i.test(sentence)) return "timeout";
  return /(?<!\d)[1-5]\d\d(?!\d)/.test(sentence) ? "http-status" : "other";
}
