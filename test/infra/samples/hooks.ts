import { hookBody } from "../../../tools/sandbox/okta.ts";
import { decide } from "../../../src/rules/decision.ts";
import { RequestBody } from "../../../src/privacy/redacted.ts";
import type { ProviderName, Sent } from "../../../src/rules/outcome.ts";
import type { GuardReason } from "../../../src/rules/reasons.ts";
import { parseTelephonyRequest } from "../../../src/okta/telephony-request.ts";
import type { TelemetryEvent } from "../../../src/telemetry/event.ts";
import { createOtpDeliveryEvent } from "../../../src/telemetry/otp-delivery-event.ts";
import { resultOf, type GivenResult } from "../../okta/hook-result.ts";
import { openPolicy } from "../../rules/sample-code-request.ts";
import type { Row } from "../kql-run.ts";
import { minutesAgo, now } from "./clock.ts";

export interface Hook {
  readonly minutes?: number;
  readonly user?: string;
  readonly eventId?: string;
  readonly number?: string;
  readonly channel?: "SMS" | "Voice call";
  readonly durationMs?: number;
  readonly timings?: Readonly<Record<string, number>>;
  readonly invalidSettings?: readonly string[];
  /** `otherReason` says why the other provider did not accept the code. */
  readonly provider?: ProviderName;
  readonly otherReason?: Sent["otherReason"];
  /** Undefined if the guard is off. */
  readonly guard?: {
    readonly reason?: GuardReason;
    readonly dayPercent?: number;
    readonly eventsOnTime?: boolean;
  };
}

let hooks = 0;

/** The event has the properties of every step that the request reached. */
export function hook(
  result: GivenResult,
  { minutes = 10, number = "+447700900123", ...given }: Hook = {},
): Row {
  hooks += 1;
  const traceId = hooks.toString(16).padStart(32, "0");
  const unread =
    ["malformed", "unauthenticated"].includes(result.outcome) || isBeforeReading(result);
  const event = createOtpDeliveryEvent(
    resultOf(result),
    {
      timings: given.timings ?? {},
      ...(["accepted", "rejected", "unconfirmed", "unavailable"].includes(result.outcome) && {
        sent: sentOf(result, given),
      }),
      ...(given.invalidSettings && { invalidSettings: given.invalidSettings }),
      ...(!unread && {
        ...readHook(number, given),
        caller: { ok: true, by: "secret", secretVersion: 1 },
      }),
    },
    "a-key-of-the-tests",
    true,
  );
  const properties = { ...event.properties, durationMs: given.durationMs ?? 100 };
  return asCustomEvent({ ...event, properties, at: minutesAgo(minutes), attempts: [] }, traceId);
}

function sentOf(result: GivenResult, { provider = "8x8", otherReason }: Hook): Sent {
  return { ...resultOf(result), provider, otherReason, attempts: [] } as Sent;
}

/** Sums up the 401s after the first 60 in a minute, as in event-limit.test.ts. */
export function unauthenticatedSum(count: number, minutes = 10): Row {
  const properties = { outcome: "unauthenticated", count };
  const at = minutesAgo(minutes);
  return asCustomEvent({ name: "otp-delivery", at, properties, attempts: [] }, "");
}

export function anotherEvent(event: Row): Row {
  return { ...event, name: "another-event" };
}

function isBeforeReading(result: GivenResult): boolean {
  return (
    "reason" in result &&
    ["secrets-not-loaded", "keys-not-loaded", "invalid-settings"].includes(result.reason)
  );
}

/** Reads a request in record mode, in which the phone policy refuses no code. */
function readHook(phoneNumber: string, { user, eventId, channel = "SMS", guard }: Hook) {
  const userProfile = { userId: user ?? `00usample${String(hooks).padStart(11, "0")}` };
  const messageProfile = { phoneNumber, deliveryChannel: channel, otpExpires: undefined };
  const body = hookBody({ userProfile, messageProfile, ...(eventId && { envelope: { eventId } }) });
  const parsed = parseTelephonyRequest(JSON.stringify(body), { hash: String });
  if (!parsed.ok) throw new Error(`No hook: ${JSON.stringify(parsed.causes)}`);
  const passedOn = { body: new RequestBody(Buffer.from(JSON.stringify(body))), passedOn: false };
  const codeRequest = { ...parsed.codeRequest, ...passedOn };
  const phonePolicy = {
    ...openPolicy,
    mode: "record",
    allowedCountries: ["GB", "US", "SG"],
  } as const;
  const decision = decide(codeRequest, { phonePolicy, whyNot: () => undefined }, now);
  if (guard === undefined) return { codeRequest, decision };
  const { reason, dayPercent, eventsOnTime = true } = guard;
  const exceeded = reason && {
    reason,
    count: 11,
    limit: 10,
    untilMs: now.getTime(),
  };
  const facts = { phoneKey: "", eventsOnTime, dayPercent, ...(exceeded && { exceeded }) };
  return { codeRequest, decision, guard: facts };
}

/** Application Insights stores every property as a string. */
export function asCustomEvent({ name, at, properties }: TelemetryEvent, traceId: string): Row {
  const present = Object.entries(properties).filter(([, value]) => value !== undefined);
  const customDimensions = Object.fromEntries(present.map(([key, value]) => [key, String(value)]));
  return { timestamp: at, name, customDimensions, operation_Id: traceId };
}
