import { sms } from "../8x8/sample-receipts.ts";
import { parseReceipt } from "../../src/8x8/parse-receipt.ts";
import type { Receipt } from "../../src/8x8/receipt.ts";
import {
  createOktaFallbackEvent,
  createOktaHookFailedEvent,
  createOtpOutcomeEvent,
  createOtpReceiptEvent,
} from "../../src/telemetry/report-events.ts";
import { createOtpDeliveryEvent } from "../../src/telemetry/otp-delivery-event.ts";
import { read } from "./markdown.ts";

/**
 * How docs/security.md calls what says something of a person, where that is not the name of the
 * event's property.
 */
const called: Readonly<Record<string, string>> = {
  recordedReason: "reason",
  guardReason: "reason",
  callingCode: "calling code",
  phoneHash: "`phoneHash`",
  eventId: "event",
  oktaEventId: "event",
  oktaRequestId: "request",
  oktaUserId: "user",
  oktaOrg: "org's host",
  requestType: "request type",
  providerId: "8x8's id",
  factorIntent: "flow",
  usedAt: "when a code was used",
  secondsToVerify: "seconds it took",
};
const inReceipts = {
  state: "what became of a message",
  detail: "what became of a message",
  statusAt: "when",
};
const inReports = {
  outcome: "fell back",
  reason: "hook failed",
  sentAt: "fell back",
  failedAt: "hook failed",
};

/** What says something of the request, of our settings or of 8x8, and of nobody. */
const ofNobody = new Set([
  ...[
    "attempts",
    "durationMs",
    "providerCode",
    "oddProviderId",
    "templateWithoutCode",
    "oddPaths",
    "wrongPaths",
  ],
  ...[
    "authenticatedBy",
    "secretVersion",
    "tokenAgeMs",
    "wrongSettings",
    "eventsOnTime",
    "guardHolds",
  ],
  ...[
    "guardCount",
    "guardLimit",
    "guardUntil",
    "guardDayPercent",
    "join",
    "feedback",
    "errorCode",
    "senderChanged",
  ],
]);

function receiptOf(body: object): Omit<Receipt, "usedSender"> {
  const { usedSender, ...rest } = parseReceipt(JSON.stringify(body)) as Receipt;
  expect(usedSender).toBeDefined();
  return rest;
}

const at = new Date();
const ids = { oktaEventId: "id", oktaUserId: undefined, at };
const verified = {
  ...ids,
  kind: "code-used",
  channel: "sms",
  codeKinds: [],
  factorIntent: "LOGIN",
} as const;
const fallback = {
  ...ids,
  kind: "fallback",
  channel: "sms",
  country: "DE",
  result: undefined,
} as const;

test.each([
  [
    "Application Insights",
    createOtpDeliveryEvent(
      { outcome: "unavailable", reason: "internal-error" },
      { timings: {} },
      undefined,
    ),
    {},
  ],
  [
    "Application Insights, from 8x8's receipts",
    createOtpReceiptEvent(receiptOf(sms("undelivered")), undefined, undefined),
    { ...inReceipts, parts: "parts", price: "price", currency: "price" },
  ],
  [
    "Application Insights, from Okta's events",
    createOtpOutcomeEvent(verified, { join: "off" }),
    { outcome: "used" },
  ],
  ["Application Insights, from Okta's events", createOktaFallbackEvent(fallback), inReports],
  [
    "Application Insights, from Okta's events",
    createOktaHookFailedEvent({ ...ids, kind: "hook-failure", reason: "timeout" }),
    inReports,
  ],
])(
  "the list of what is kept of a person, %s, names every property of its events",
  (where, { properties }, more) => {
    const kept = read("docs/security.md").split(/^(?=- \*\*)/m);
    const said =
      kept.find((item) => item.startsWith(`- **${where}**: `))?.replaceAll(/\s+/g, " ") ?? "";
    const names = Object.keys(properties).filter((name) => !ofNobody.has(name));
    expect(names.length).toBeGreaterThan(2);
    const words: Readonly<Record<string, string>> = { ...called, ...more };
    expect(names.filter((name) => !said.includes(words[name] ?? name))).toEqual([]);
  },
);
