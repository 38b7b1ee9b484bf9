import { createFilter, factsOf } from "../../../../tools/local/phone/page/hook-facts.ts";
import { oktaWords } from "../../../../tools/local/phone/page/words.ts";
import type { HookItem, MessageItem } from "../../../../tools/local/phone/shown-items.ts";

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
    "the number, the channel, the status that Okta got, and the outcome",
    hook({
      channel: "sms",
      outcome: "rejected",
      reason: "invalid-number",
      answer: { status: 200, body: "", ms: 3 },
    }),
    undefined,
    {
      title: "+1 503-555-0123",
      channel: "SMS",
      tone: "bad",
      row: "200 · Rejected by 8x8: invalid number",
    },
  ],
  [
    "that 8x8 accepted the SMS, before a receipt",
    accepted,
    message(),
    { tone: "good", says: "SMS accepted by 8x8", row: "SMS accepted by 8x8" },
  ],
  [
    "that an accepted SMS did not arrive",
    accepted,
    message({ state: "undelivered", at, errorCode: 42 }),
    { tone: "bad", says: "SMS accepted by 8x8, but not delivered" },
  ],
  [
    "the reason for a refusal in enforce mode",
    hook({ outcome: "accepted", event: { guardReason: "user-limit" } }),
    undefined,
    {
      row: "SMS accepted by 8x8 · would be refused",
      recorded: "Enforce mode refuses the code: user limit.",
    },
  ],
  [
    "the path of a request without a function",
    {
      ...hook({ reason: "POST /api/x", answer: { status: 404, body: "", ms: 0 } }),
      number: undefined,
    } as unknown as HookItem,
    undefined,
    { title: "POST /api/x", says: "Answered with HTTP 404" },
  ],
])("a row of the list shows %s", (_, given, phone, facts) => {
  expect(factsOf(given, phone)).toMatchObject(facts);
});

test.each([
  ["refused fr", true],
  ["country blocked", true],
  ["503-555", true],
  ["outcome:refused country:FR", true],
  ["status:200", true],
  ["US", false],
  ["503", true],
  ["us-503", false],
  ["country:r", true],
])("the filter %j returns %j for a suppressed refusal in France", (words, found) => {
  expect(createFilter(words)(factsOf(suppressed, undefined))).toBe(found);
});

test("the filter searches a request's message and its recorded guardReason too", () => {
  const recorded = hook({ outcome: "accepted", event: { guardReason: "user-limit" } });
  const facts = factsOf(recorded, message({ state: "delivered", at }));
  for (const words of ["123456", "delivered", "user-limit", "enforce mode"])
    expect([words, createFilter(words)(facts)]).toEqual([words, true]);
});

test.each([
  ["Accepted: Okta sends nothing itself.", undefined],
  ["Reported as SUCCESSFUL, but refused", "Okta sends nothing, so the person gets no code."],
  ["Pending: Okta does not document", "Okta may send the code too."],
  [
    "Failed: Okta delivers",
    "If the org has Okta's own provider, it sends the code; otherwise the person gets none.",
  ],
])("after the answer %j, the page says %j", (okta, words) => {
  expect(oktaWords(hook({ okta }))).toBe(words);
});
