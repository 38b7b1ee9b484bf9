import {
  createFilter,
  factsOf,
  recordedSentence,
} from "../../../../tools/local/phone/page/hook-facts.ts";
import type { HookItem } from "../../../../tools/local/phone/protocol.ts";

const hook = (changes: Partial<HookItem>): HookItem => ({
  kind: "hook",
  n: 1,
  seq: 1,
  at: "2026-11-27T09:00:00Z",
  from: "outside",
  provider: [],
  request: {
    headers: {},
    body: '{"data":{"messageProfile":{"phoneNumber":"+1 503-555-0123","locale":"en-US"}}}',
  },
  ...changes,
});
const suppressed = hook({
  outcome: "refused",
  reason: "country-blocked",
  country: "FR",
  answer: { status: 200, body: "", ms: 3 },
  okta: "Reported as SUCCESSFUL, but refused (country-blocked): nobody sends the code.",
  event: { outcome: "refused", reason: "country-blocked", country: "FR", eventId: "us-503" },
});

test("a row says that nobody sends a code whose refusal was suppressed", () => {
  expect(factsOf(suppressed).line).toBe("FR · +1 503-555-0123 · nobody sends");
});

test("what would have been refused is said on its row and in a sentence, and found by that", () => {
  const recorded = hook({
    outcome: "accepted",
    event: { outcome: "accepted", guardReason: "user-limit" },
  });
  expect(factsOf(recorded).recorded).toBe("user-limit");
  expect(recordedSentence(recorded)).toBe(
    "In enforce mode the app would refuse this as user-limit.",
  );
  expect(createFilter("would refuse user-limit")(recorded, undefined)).toBe(true);
  expect(recordedSentence(suppressed)).toBeUndefined();
});

test.each([
  ["refused fr", true],
  ["country-blocked nobody", true],
  ["+1503", true],
  ["outcome:refused country:FR", true],
  ["eventid:us-503", true],
  ["status:200", true],
  ["US", false],
  ["503", true],
  ["successful", false],
  ["us-503", false],
  ["outcome:accepted", false],
  ["country:r", true],
])("the filter %j is answered %j", (words, found) => {
  expect(createFilter(words)(suppressed, undefined)).toBe(found);
});
