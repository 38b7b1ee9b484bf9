import { createOtpDeliveryEvent } from "../../src/telemetry/otp-delivery-event.ts";
import {
  createFallbackEvent,
  createHookFailedEvent,
  createReceiptEvent,
  createUsedCodeEvent,
} from "../../src/telemetry/webhook-events.ts";
import { unavailable } from "../../src/rules/outcome.ts";
import { rowsOf } from "./markdown.ts";

// An event has every property, even if its value is undefined.
const timings = { authenticateMs: 1, parseMs: 1, decideMs: 1, sendMs: 1 };
const head = { oktaEventId: "an id", oktaUserId: "a user", at: new Date() };
const phone = { country: "country", callingCode: "calling code", phoneHash: "`phoneHash`" };

/** For each property with personal data, the words in docs/security.md that describe it. */
const events = [
  {
    event: createOtpDeliveryEvent(unavailable("internal-error"), { timings }, undefined, true),
    personal: {
      ...phone,
      outcome: "outcome",
      reason: "reason",
      policyReason: "reason",
      guardReason: "reason",
      otherReason: "reason",
      provider: "provider",
      passedOver: "provider",
      channel: "channel",
      range: "range",
      requestType: "request type",
      eventId: "event",
      oktaRequestId: "request",
      oktaUserId: "user id",
      oktaOrg: "org's host",
      providerId: "8x8's id",
    },
  },
  {
    event: createReceiptEvent(
      { channel: "sms", providerId: "an id", state: "delivered", oddPaths: [] },
      undefined,
      undefined,
    ),
    personal: {
      ...phone,
      state: "what became of a message",
      detail: "what became of a message",
      statusAt: "when",
      reason: "reason",
      channel: "channel",
      eventId: "event",
      providerId: "8x8's id",
      parts: "parts",
      price: "price",
      currency: "price",
    },
  },
  {
    event: createUsedCodeEvent({
      used: {
        ...head,
        kind: "code-used",
        channel: "sms",
        codeKinds: [],
        factorIntent: "LOGIN",
      },
      join: "none",
    }),
    personal: {
      outcome: "used",
      usedAt: "when a code was used",
      secondsToVerify: "when a code was used",
      requestType: "request type",
      factorIntent: "flow",
      channel: "channel",
      country: "country",
      eventId: "event",
      providerId: "8x8's id",
      oktaEventId: "event",
      oktaUserId: "user",
    },
  },
  {
    event: createFallbackEvent({
      ...head,
      kind: "fallback",
      channel: "sms",
      country: "DE",
      result: "SUCCESS",
    }),
    personal: {
      outcome: "fell back",
      sentAt: "fell back",
      channel: "channel",
      country: "country",
      oktaEventId: "event",
      oktaUserId: "user",
    },
  },
  {
    event: createHookFailedEvent({ ...head, kind: "hook-failure", reason: "timeout" }),
    personal: { reason: "hook failed", failedAt: "hook failed", oktaEventId: "event" },
  },
] as const;

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

test.each(events)(
  "docs/security.md names the personal data of $event.name",
  ({ event, personal }) => {
    expect(Object.values(personal).filter((word) => !row.includes(word))).toEqual([]);
    const known = [...Object.keys(personal), ...impersonal];
    // Add each new property to `impersonal`, or to both `personal` and the document.
    expect(Object.keys(event.properties).filter((name) => !known.includes(name))).toEqual([]);
  },
);
