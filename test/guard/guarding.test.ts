import { createGuarding } from "../../src/wiring/guard.ts";
import { sampleDelivery, samplePhoneNumber } from "../delivery/sample-delivery.ts";
import { load } from "../settings/sample-settings.ts";
import { sentCode } from "../sent-codes/keeping-codes.ts";

function guarding(settings: Record<string, string> = {}, phoneHashKey: () => string | undefined = () => "a key") {
  const told: string[] = [];
  const { guard, state } = load({ GUARD_MODE: "enforce", ...settings });
  if (guard === undefined) throw new Error("The guard is off");
  const tell = (message: string) => told.push(message);
  return { ...createGuarding(guard, state, { phoneHashKey, warn: tell, note: tell }), told };
}
const withTable = { STATE_TABLE_URL: "https://st.table.core.windows.net" };

test("a guard that fails has nothing against a code, and says so once a minute, without what the error says", () => {
  const { judge, told } = guarding(withTable, () => {
    throw new TypeError("about +12025550123");
  });
  for (let count = 0; count < 10; count++) expect(judge(sampleDelivery(), samplePhoneNumber())).toBeUndefined();
  expect(told).toEqual(["The guard failed, and kept nobody from a code (TypeError); it is tried again"]);
});

test("instances that count each for themselves are told of at the start, others are not", () => {
  expect(guarding().told).toEqual([expect.stringContaining("STATE_TABLE_URL is not set")]);
  expect(guarding(withTable).told).toEqual([]);
});

test("people are counted under the shared key, and where there is none under one of the process", () => {
  const keys: string[] = [];
  const { judge } = guarding({ GUARD_NUMBER_CODES: "1/day" }, () => keys[0]);
  const judged = () => judge(sampleDelivery({ oktaUserId: undefined }), samplePhoneNumber())?.refused;
  expect([judged(), judged()]).toEqual([undefined, "number-limit"]);
  keys.push("a key");
  expect([judged(), judged()]).toEqual([undefined, "number-limit"]);
});

test("a code whose row an earlier version wrote is used without a word", () => {
  const { verified, judge, told } = guarding(withTable);
  for (let count = 0; count < 30; count++) verified(sentCode({ range: undefined, callingCode: undefined }));
  expect(judge(sampleDelivery(), samplePhoneNumber())?.feedAlive).toBe(false);
  for (let count = 0; count < 20; count++) verified(sentCode({ requestType: sampleDelivery().requestType }));
  expect(judge(sampleDelivery(), samplePhoneNumber())?.feedAlive).toBe(true);
  expect(told).toEqual([]);
});
