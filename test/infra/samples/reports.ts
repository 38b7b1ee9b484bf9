import type { Country } from "../../../src/rules/phone-number.ts";
import type { Receipt } from "../../../src/8x8/receipt.ts";
import type { HookFailure } from "../../../src/okta/event-hook.ts";
import {
  createUnreadEvent,
  createFallbackEvent,
  createHookFailedEvent,
  createReceiptEvent,
  createUsedCodeEvent,
} from "../../../src/telemetry/webhook-events.ts";
import { samplePhoneNumber } from "../../rules/sample-code-request.ts";
import type { Row } from "../kql-run.ts";
import { minutesAgo } from "./clock.ts";
import { asCustomEvent } from "./hooks.ts";

interface ReceiptGiven extends Partial<Omit<Receipt, "phoneNumber" | "statusAt">> {
  readonly minutes?: number;
  readonly number?: string;
  /** Time of the state. Default: the time of the report. */
  readonly statusMinutes?: number;
  readonly senderChanged?: boolean;
}

let reports = 0;
const nextId = () => String((reports += 1));

export function receipt(given: ReceiptGiven = {}): Row {
  const {
    minutes = 10,
    statusMinutes = minutes,
    number = "+447700900123",
    senderChanged,
    ...receiptFields
  } = given;
  const received: Receipt = {
    channel: "sms",
    providerId: `message-${nextId()}`,
    state: "delivered",
    parts: 1,
    oddPaths: [],
    ...receiptFields,
    phoneNumber: samplePhoneNumber(number),
    statusAt: minutesAgo(statusMinutes),
  };
  const event = createReceiptEvent(received, senderChanged, "a-key-of-the-tests");
  return asCustomEvent({ ...event, at: minutesAgo(minutes), attempts: [] }, "");
}

interface OutcomeGiven {
  readonly minutes?: number;
  /** Minutes before now at which Okta reports the used code. Default: `minutes`. */
  readonly reportedMinutes?: number;
  readonly user?: string;
  readonly oktaEventId?: string;
  /** Without `providerId` and `eventId`, the app matched no code. */
  readonly providerId?: string;
  readonly eventId?: string;
  readonly secondsToVerify?: number;
}

export function outcome(given: OutcomeGiven = {}): Row {
  const {
    minutes = 10,
    user = "00uone0000000000001",
    oktaEventId = nextId(),
    providerId,
    secondsToVerify = 20,
  } = given;
  const at = minutesAgo(minutes);
  const reportedAt = minutesAgo(given.reportedMinutes ?? minutes);
  const { eventId = "an-event" } = given;
  const code = {
    eventId,
    sentAt: new Date(at.getTime() - secondsToVerify * 1_000),
    requestType: "a-type",
    country: "GB" as const,
    callingCode: "44",
    channel: "sms" as const,
    oktaUserId: user,
    kind: "sign-in" as const,
    phoneKey: "a-hash",
    countedAt: undefined,
  };
  const event = createUsedCodeEvent({
    used: {
      kind: "code-used",
      oktaEventId,
      at,
      oktaUserId: user,
      channel: "sms",
      codeKinds: [],
      factorIntent: "LOGIN",
    },
    ...(providerId === undefined && given.eventId === undefined
      ? { join: "off" }
      : { join: "joined", code: { ...code, providerId } }),
  });
  return asCustomEvent({ ...event, at: reportedAt, attempts: [] }, "");
}

interface FallbackGiven {
  readonly minutes?: number;
  readonly user?: string;
  readonly oktaEventId?: string;
  readonly country?: Country;
}

export function fallback(given: FallbackGiven = {}): Row {
  const {
    minutes = 10,
    oktaEventId = nextId(),
    user = `00u-${oktaEventId}`,
    country = "GB",
  } = given;
  const at = minutesAgo(minutes);
  const event = createFallbackEvent({
    kind: "fallback",
    oktaEventId,
    at,
    oktaUserId: user,
    channel: "sms",
    country,
    result: "SUCCESS",
  });
  return asCustomEvent({ ...event, at, attempts: [] }, "");
}

export function hookFailed(
  minutes = 10,
  { oktaEventId = nextId(), reason = "timeout" }: Partial<HookFailure> = {},
): Row {
  const at = minutesAgo(minutes);
  const event = createHookFailedEvent({
    kind: "hook-failure",
    oktaEventId,
    at,
    oktaUserId: undefined,
    reason,
  });
  return asCustomEvent({ ...event, at, attempts: [] }, "");
}

export function unauthenticatedReport(name: "otp-receipt" | "otp-outcome", minutes = 10): Row {
  return unreadReport(name, { outcome: "unauthenticated", reason: "wrong-secret" }, minutes);
}

export function unreadReport(
  name: "otp-receipt" | "otp-outcome",
  report: Parameters<typeof createUnreadEvent>[1],
  minutes = 10,
): Row {
  const event = createUnreadEvent(name, report);
  return asCustomEvent({ ...event, at: minutesAgo(minutes), attempts: [] }, "");
}
