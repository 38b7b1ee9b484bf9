import { createOtpDeliveryEvent } from "../../src/telemetry/otp-delivery-event.ts";
import {
  createFallbackEvent,
  createHookFailedEvent,
  createReceiptEvent,
  createUsedCodeEvent,
} from "../../src/telemetry/webhook-events.ts";
import { unavailable } from "../../src/rules/outcome.ts";
import { rowsOf } from "./markdown.ts";

const timings = { authenticateMs: 1, parseMs: 1, decideMs: 1, sendMs: 1 };
const head = { oktaEventId: "an id", oktaUserId: "a user", at: new Date() };

// An event has every property, even if its value is undefined.
const events = [
  createOtpDeliveryEvent(unavailable("internal-error"), { timings }, undefined, true),
  createReceiptEvent(
    { channel: "sms", providerId: "an id", state: "delivered", oddPaths: [] },
    undefined,
    undefined,
  ),
  createUsedCodeEvent({
    used: { ...head, kind: "code-used", channel: "sms", codeKinds: [], factorIntent: "LOGIN" },
    join: "none",
  }),
  createFallbackEvent({
    ...head,
    kind: "fallback",
    channel: "sms",
    country: "DE",
    result: "SUCCESS",
  }),
  createHookFailedEvent({ ...head, kind: "hook-failure", reason: "timeout" }),
];

/** For each property with personal data, the words in docs/security.md that describe it. */
const personal: Readonly<Record<string, string>> = {
  country: "country",
  callingCode: "calling code",
  phoneHash: "`phoneHash`",
  range: "range",
  outcome: "outcome",
  reason: "reason",
  policyReason: "reason",
  guardReason: "reason",
  otherReason: "reason",
  provider: "provider",
  passedOver: "provider",
  channel: "channel",
  requestType: "request type",
  eventId: "event",
  oktaEventId: "event",
  oktaRequestId: "request",
  oktaUserId: "user id",
  oktaOrg: "org's host",
  providerId: "8x8's id",
  state: "what became of a message",
  detail: "what became of a message",
  statusAt: "when",
  parts: "parts",
  price: "price",
  currency: "price",
  usedAt: "when a code was used",
  secondsToVerify: "when a code was used",
  factorIntent: "flow",
  sentAt: "fell back",
  failedAt: "hook failed",
};

const impersonal = [
  ...["providerCode", "oddProviderId", "oddPaths", "invalidPaths", "invalidSettings"],
  ...["templateWithoutCode", "authenticatedBy", "secretVersion", "tokenAgeMs", "attempts"],
  ...["guardCount", "guardLimit", "guardUntil", "guardDayPercent", "eventsOnTime"],
  ...["authenticateMs", "parseMs", "decideMs", "sendMs"],
  ...["join", "codeRow", "feedback", "errorCode", "senderChanged"],
];

const [row = ""] = rowsOf("docs/security.md")
  .map(([data = ""]) => data)
  .filter((data) => data.startsWith("Of each request: "));

test("docs/security.md names the personal data of the app's events", () => {
  expect(Object.values(personal).filter((words) => !row.includes(words))).toEqual([]);
});

test.each(events)("the personal data of $name is known", ({ properties }) => {
  const known = [...Object.keys(personal), ...impersonal];
  // Add each new property to `impersonal`, or to both `personal` and the document.
  expect(Object.keys(properties).filter((name) => !known.includes(name))).toEqual([]);
});
