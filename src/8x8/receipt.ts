import type * as z from "zod";
import type { Channel } from "../rules/channels.ts";
import { parseJson, parseLeniently } from "../privacy/json.ts";
import type { PhoneNumber } from "../rules/phone-number.ts";
import { findFor } from "../rules/phone-policy.ts";
import type { Reason } from "../rules/reasons.ts";
import type { UsedSender } from "../privacy/redacted.ts";
import { sessionSummary, smsReceipt } from "./receipt-schemas.ts";
import type { SmsSettings } from "./sms.ts";

export interface Receipt {
  readonly channel: Channel;
  readonly providerId: string;
  /** Okta's id, which the app sent as `clientMessageId`. Undefined for a call. */
  readonly eventId?: string | undefined;
  /** `unknown` if 8x8 reports `unknown` or an undocumented state. */
  readonly state: string;
  readonly detail?: string | undefined;
  readonly errorCode?: number | undefined;
  readonly reason?: Extract<Reason<"rejected">, "invalid-sender" | "no-credit"> | undefined;
  readonly phoneNumber?: PhoneNumber | undefined;
  readonly usedSender?: UsedSender | undefined;
  readonly parts?: number | undefined;
  readonly price?: number | undefined;
  readonly currency?: string | undefined;
  /**
   * The time at which an SMS reached its state, a call was answered, or an unanswered call ended.
   */
  readonly statusAt?: Date | undefined;
  /** Paths of fields with undocumented values. These fields count as absent. */
  readonly oddPaths: readonly string[];
}

/** Returns no receipt for an inbound SMS, which 8x8 sends to the same webhook. */
export function parseReceipt(body: string) {
  const json = parseJson(body);
  if (json === undefined) return malformedReceipt("not-json");
  const { namespace, eventType } = (json ?? {}) as Readonly<Record<string, unknown>>;
  if (namespace === "SMS" && eventType === "outbound_message_status_changed")
    return parseWith(smsReceipt, json, fromSmsReceipt);
  if (namespace === "SMS" && eventType === "inbound_message_received")
    return { ok: true, receipt: undefined } as const;
  if (namespace === "VOICE" && eventType === "SESSION_SUMMARY")
    return parseWith(sessionSummary, withLowerCaseNames(json), fromSessionSummary);
  return malformedReceipt("unknown-event-type");
}

function malformedReceipt(
  reason: "not-json" | "unknown-event-type" | "wrong-shape",
  invalidPaths: readonly string[] = [],
) {
  return { ok: false, outcome: "malformed", reason, invalidPaths } as const;
}

/** A receipt without these fields is useless. A receipt with an unknown state is kept. */
const required = new Set([
  "payload",
  ...["umid", "status", "sessionid"].map((name) => `payload.${name}`),
]);

function parseWith<T>(
  schema: z.ZodType<T>,
  json: unknown,
  toReceipt: (parsed: T) => Omit<Receipt, "oddPaths">,
) {
  const parsed = parseLeniently(schema, json, required);
  if (!parsed.ok) return malformedReceipt("wrong-shape", parsed.invalidPaths);
  const receipt: Receipt = { ...toReceipt(parsed.value), oddPaths: parsed.oddPaths };
  return { ok: true, receipt } as const;
}

function fromSmsReceipt({ payload }: z.infer<typeof smsReceipt>): Omit<Receipt, "oddPaths"> {
  const { umid, clientMessageId, source, destination, status, price, smsCount } = payload;
  return {
    channel: "sms",
    providerId: umid,
    eventId: clientMessageId ?? undefined,
    state: status.state ?? "unknown",
    detail: status.detail ?? undefined,
    errorCode: status.errorCode ?? undefined,
    reason: reasons.get(status.errorCode),
    usedSender: source ?? undefined,
    phoneNumber: destination ?? undefined,
    parts: smsCount ?? undefined,
    price: price?.total ?? undefined,
    currency: price?.currency ?? undefined,
    statusAt: status.timestamp ?? undefined,
  };
}

function fromSessionSummary({
  payload,
}: z.infer<typeof sessionSummary>): Omit<Receipt, "oddPaths"> {
  const { sessionid, sessionstatus, endtime, lastaction, errordetails, details } = payload;
  return {
    channel: "voice",
    providerId: sessionid,
    state: sessionstatus ?? "unknown",
    detail: lastaction ?? undefined,
    errorCode: errordetails?.errorcode ?? undefined,
    reason: reasons.get(errordetails?.errorcode),
    phoneNumber: details?.calla?.destination ?? undefined,
    statusAt: details?.calla?.connectedtimestamp ?? endtime ?? undefined,
  };
}

/** Only error codes that have a single cause. */
const reasons = new Map<unknown, Receipt["reason"]>([
  [19, "invalid-sender"],
  [42, "no-credit"],
  [-2008, "invalid-sender"],
]);

const nesting = 4;

/** 8x8's examples write both `callA` and `CallA`. */
function withLowerCaseNames(json: unknown, depth = nesting): unknown {
  if (depth === 0 || typeof json !== "object" || json === null || Array.isArray(json)) return json;
  const fields = Object.entries(json).map(([name, value]) => [
    name.toLowerCase(),
    withLowerCaseNames(value, depth - 1),
  ]);
  return Object.fromEntries(fields);
}

/** Undefined if 8x8 reports no sender, or if the app let 8x8 choose the sender. */
export function isSenderChanged(
  usedSender: UsedSender | undefined,
  phoneNumber: PhoneNumber | undefined,
  senders: SmsSettings["senders"],
): boolean | undefined {
  const asked = phoneNumber && findFor(senders, phoneNumber);
  if (!usedSender?.expose() || asked === undefined) return undefined;
  return withoutPlus(usedSender.expose()) !== withoutPlus(asked);
}

function withoutPlus(sender: string): string {
  return sender.replace(/^\+/, "");
}
