import { createFilter, factsOf } from "../../../../tools/local/phone/page/facts.ts";
import { plural } from "../../../../tools/local/phone/page/words.ts";
import type { HookItem } from "../../../../tools/local/phone/protocol.ts";

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

test("if the app answers SUCCESSFUL to a refused code, the page says that the person gets no code", () => {
  expect(factsOf(refusal, undefined)).toMatchObject({
    row: "200 · Refused: country blocked",
    end: "Okta sends nothing, so the person gets no code.",
  });
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
