import { createFilter, factsOf } from "../../../../tools/local/phone/page/facts.ts";
import { plural } from "../../../../tools/local/phone/page/words.ts";
import type { HookItem, MessageItem } from "../../../../tools/local/phone/protocol.ts";

const hook = (changes: Partial<HookItem>): HookItem => ({
  n: 1,
  at: "2026-11-27T09:00:00Z",
  request: { headers: {}, body: "" },
  read: { phoneNumber: "+1 503-555-0123" },
  provider: [],
  answer: { status: 200, body: "", ms: 3 },
  okta: "successful",
  ...changes,
});
const refusal = hook({
  event: { outcome: "refused", reason: "country-blocked", country: "FR", eventId: "us-503" },
});

test.each<[Required<HookItem>["event"], string, string | undefined]>([
  [{ outcome: "accepted", provider: "8x8" }, "SMS accepted by 8x8", undefined],
  [
    { outcome: "accepted", provider: "second-hook", otherReason: "provider-error" },
    "SMS accepted by the second hook · 8x8: provider error",
    "8x8 did not accept the code: provider error.",
  ],
  [
    { outcome: "accepted", provider: "8x8", otherReason: "unreachable" },
    "SMS accepted by 8x8 · the second hook: unreachable",
    "The second hook did not accept the code: unreachable.",
  ],
  [
    { outcome: "accepted", provider: "second-hook", passedOver: "8x8", otherReason: "deadline" },
    "SMS accepted by the second hook · 8x8 passed over: deadline",
    "8x8 was passed over, because it has an outage: deadline.",
  ],
  [
    { outcome: "rejected", reason: "key-rejected", provider: "second-hook" },
    "200 · Rejected by the second hook: key rejected",
    undefined,
  ],
  [
    { outcome: "unconfirmed", reason: "deadline", provider: "second-hook" },
    "200 · The second hook gave no clear answer: deadline",
    undefined,
  ],
])("for the event %j, the list says %j", (event, row, other) => {
  expect(factsOf(hook({ event }), undefined)).toMatchObject({
    row,
    other,
  });
});

test("the list shows no receipt of 8x8's message if the second hook accepted the code", () => {
  const lost = { by: "8x8", receipt: { state: "undelivered" } } as MessageItem;
  const event = { outcome: "accepted", provider: "second-hook" };
  expect(factsOf(hook({ event }), lost)).toMatchObject({
    row: "SMS accepted by the second hook",
    tone: "good",
  });
});

test("the list says if a used code is only in the app's memory, because the table fails", () => {
  const message = { used: "2026-11-27T09:01:00Z", onlyInMemory: true } as MessageItem;
  expect(factsOf(hook({ event: { outcome: "accepted" } }), message).row).toBe(
    "SMS accepted by 8x8, code used (known only in memory, not in the table)",
  );
});

const sends = "If the org has Okta's own provider, Okta sends the code.";
test.each<[string, Partial<HookItem>, string]>([
  ["refused, but Okta got SUCCESSFUL", refusal, "Okta sends nothing, so the person gets no code."],
  [
    "not sent by a provider",
    { okta: "failed", mayBeSent: false },
    `${sends} Otherwise the person gets no code.`,
  ],
  [
    "perhaps sent by a provider",
    { okta: "failed", mayBeSent: true },
    `${sends} The app's provider may have sent it too.`,
  ],
  [
    "answered with 503 by an app whose host reports no event",
    { okta: "error", answer: { status: 503, body: "", ms: 3 } },
    `${sends} The app's provider may have sent it too.`,
  ],
])("for a code that was %s, the page says what the person gets", (_, changes, end) => {
  expect(factsOf(hook(changes), undefined)).toMatchObject({ end });
});

test.each([
  ["refused fr", true],
  ["+1503555", true],
  ["outcome:refused country:FR status:200", true],
  ["country:US", false],
  ["eventId", false],
  ["tus", false],
])("the filter %j returns %j for a refused code to France", (words, found) => {
  expect(createFilter(words)(factsOf(refusal, undefined))).toBe(found);
});

test("the page counts 0 requests, 1 request and 2 requests", () => {
  expect([0, 1, 2].map((count) => plural(count, "request"))).toEqual([
    "0 requests",
    "1 request",
    "2 requests",
  ]);
});
