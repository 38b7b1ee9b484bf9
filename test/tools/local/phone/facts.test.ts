import { createFilter, factsOf } from "../../../../tools/local/phone/page/facts.ts";
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

test.each<[string, HookItem, object]>([
  [
    "a rejection, with the status that Okta got and what Okta does",
    hook({ event: { outcome: "rejected", reason: "invalid-number" }, okta: "failed" }),
    {
      tone: "bad",
      row: "200 · Rejected by 8x8: invalid number",
      end: "If the org has Okta's own provider, it sends the code; otherwise the person gets none.",
    },
  ],
  [
    "that Okta sends nothing after a suppressed refusal",
    refusal,
    { tone: "warn", end: "Okta sends nothing, so the person gets no code." },
  ],
  [
    "a refusal that was only recorded",
    hook({ event: { outcome: "accepted", guardReason: "user-limit" } }),
    {
      row: "SMS accepted by 8x8 · would be refused",
      recorded: "Enforce mode refuses the code: user limit.",
    },
  ],
  [
    "the path of a request without a function",
    hook({ read: {}, wrongPath: "POST /api/x", answer: { status: 404, body: "", ms: 0 } }),
    { title: "POST /api/x", says: "Answered with HTTP 404" },
  ],
])("a row shows %s", (_, given, facts) => {
  expect(factsOf(given, undefined)).toMatchObject(facts);
});

test.each([
  ["refused fr", true],
  ["+1503555", true],
  ["outcome:refused country:FR status:200", true],
  ["country:US", false],
  ["tus", false],
])("the filter %j returns %j for a refusal in France", (words, found) => {
  expect(createFilter(words)(factsOf(refusal, undefined))).toBe(found);
});
