import { createFilter, factsOf } from "../../../../tools/local/phone/page/hook-facts.ts";
import type { HookItem, MessageItem } from "../../../../tools/local/phone/protocol.ts";

const hook = (changes: Partial<HookItem>): HookItem => ({
  kind: "hook",
  n: 1,
  seq: 1,
  at: "2026-11-27T09:00:00Z",
  from: "outside",
  provider: [],
  request: { headers: {}, body: "" },
  number: "+1 503-555-0123",
  ...changes,
});
const message = (receipt?: MessageItem["receipt"]): MessageItem => ({
  kind: "message",
  n: 1,
  seq: 1,
  at: "2026-11-27T09:00:00Z",
  channel: "sms",
  to: "+15035550123",
  text: "Your code is 123456",
  ...(receipt && { receipt }),
});
const suppressed = hook({
  outcome: "refused",
  reason: "country-blocked",
  country: "FR",
  answer: { status: 200, body: "", ms: 3 },
  okta: "Reported as SUCCESSFUL, but refused (country-blocked): nobody sends the code.",
  event: { outcome: "refused", reason: "country-blocked", country: "FR", eventId: "us-503" },
});
const accepted = hook({ outcome: "accepted", okta: "Accepted: Okta sends nothing itself." });
const at = "2026-11-27T09:00:01Z";

test.each<[string, HookItem, MessageItem | undefined, object]>([
  [
    "the number, the outcome and what Okta does next",
    hook({ outcome: "rejected", reason: "invalid-number", okta: "Failed: Okta delivers…" }),
    undefined,
    {
      title: "+1 503-555-0123",
      tone: "bad",
      says: "Rejected by 8x8: invalid number",
      then: "Okta's own provider, if any, sends the code.",
    },
  ],
  [
    "that no code is sent after a suppressed refusal",
    suppressed,
    undefined,
    {
      says: "Refused: country blocked",
      then: "No one sends the code.",
    },
  ],
  [
    "that 8x8 accepted the SMS, before a receipt",
    accepted,
    message(),
    {
      tone: "good",
      says: "SMS accepted by 8x8",
      then: undefined,
    },
  ],
  [
    "that the SMS was delivered",
    accepted,
    message({ state: "delivered", at }),
    {
      tone: "good",
      says: "SMS delivered",
    },
  ],
  [
    "that an accepted SMS did not arrive",
    accepted,
    message({ state: "undelivered", at, errorCode: 42 }),
    {
      tone: "bad",
      says: "SMS accepted by 8x8, but not delivered",
    },
  ],
  [
    "the reason for a refusal in enforce mode",
    hook({ outcome: "accepted", event: { guardReason: "user-limit" } }),
    undefined,
    {
      then: "Enforce mode refuses the code: user limit.",
    },
  ],
  [
    "the path of a request without a function",
    {
      ...hook({ reason: "POST /api/x", answer: { status: 404, body: "", ms: 0 } }),
      number: undefined,
    } as unknown as HookItem,
    undefined,
    {
      title: "POST /api/x",
      says: "Answered with HTTP 404",
    },
  ],
])("a row of the list shows %s", (_, given, phone, facts) => {
  expect(factsOf(given, phone)).toMatchObject(facts);
});

test("a row of the list shows the newest state of its message", () => {
  expect(factsOf(accepted, undefined).says).toBe("SMS accepted by 8x8");
  expect(factsOf(accepted, message({ state: "sent", at })).says).toBe("SMS sent");
});

test.each([
  ["refused fr", true],
  ["country-blocked", true],
  ["country blocked no one", true],
  ["+1503", true],
  ["503-555", true],
  ["outcome:refused country:FR", true],
  ["eventid:us-503", true],
  ["status:200", true],
  ["US", false],
  ["503", true],
  ["successful", false],
  ["us-503", false],
  ["outcome:accepted", false],
  ["country:r", true],
])("the filter %j returns %j for a suppressed refusal in France", (words, found) => {
  expect(createFilter(words)(suppressed, undefined)).toBe(found);
});

test("the filter searches a request's message and its recorded guardReason too", () => {
  const recorded = hook({ outcome: "accepted", event: { guardReason: "user-limit" } });
  const phone = message({ state: "delivered", at });
  for (const words of ["123456", "delivered", "user-limit", "enforce mode"])
    expect([words, createFilter(words)(recorded, phone)]).toEqual([words, true]);
});
