import { systemClock } from "../../src/timing/clock.ts";
import { createGuarding } from "../../src/wiring/guard.ts";
import { namesNumber } from "../../src/delivery/phone-policy.ts";
import { sampleDelivery, samplePhoneNumber } from "../delivery/sample-delivery.ts";
import { load } from "../settings/sample-settings.ts";
import { sentCode } from "../sent-codes/keeping-codes.ts";

function guarding(settings: Record<string, string> = {}, phoneHashKey: () => string | undefined = () => "a key") {
  const told: string[] = [];
  const config = load({ GUARD_MODE: "enforce", ...settings });
  if (config.guard === undefined) throw new Error("The guard is off");
  const tell = (message: string) => told.push(message);
  const surroundings = { phoneHashKey, eventsAreOff: () => true, warn: tell, note: tell };
  return {
    ...createGuarding(
      { ...config, guard: config.guard },
      {
        ...surroundings,
        clock: systemClock,
        loadTable: () => {
          throw new Error("no table");
        },
      },
    ),
    told,
  };
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
  const { judge } = guarding({ GUARD_USER_CODES: "1/day" }, () => keys[0]);
  const judged = () => judge(sampleDelivery(), samplePhoneNumber())?.refused;
  expect([judged(), judged()]).toEqual([undefined, "user-limit"]);
  keys.push("a key");
  expect([judged(), judged()]).toEqual([undefined, "user-limit"]);
});

test("where there are no events and no shared key, the log says what is left of the guard", () => {
  jest.useFakeTimers();
  const { open, told } = guarding(withTable, () => undefined);
  open();
  jest.advanceTimersByTime(60_000);
  jest.useRealTimers();
  expect(told).toEqual([
    expect.stringContaining("there is no event secret"),
    expect.stringContaining("the vault has no hash key"),
  ]);
});

test("a used code is taken off the person's, where its row says whose it was", () => {
  const { judge, used } = guarding({ GUARD_USER_CODES: "2/hour" });
  const delivery = sampleDelivery({ oktaUserId: "00u1" });
  const judged = () => judge(delivery, samplePhoneNumber());
  const [first, second] = [judged(), judged()];
  const code = sentCode({ country: "US", countedAt: second?.counted?.at });
  used({ ...code, phoneKey: undefined }, new Date());
  expect(judged()?.refused).toBe("user-limit");
  used({ ...code, phoneKey: first?.phoneKey }, new Date());
  expect([judged()?.refused, judged()?.refused, judged()?.refused]).toEqual([undefined, undefined, "user-limit"]);
});

test("events are believed from 20 used sign-in codes on, but for rows that an earlier version wrote", () => {
  const { judge, used, told } = guarding(withTable);
  const believed = () => judge(sampleDelivery(), samplePhoneNumber())?.eventsBelieved;
  for (let count = 0; count < 30; count++) used(sentCode({ range: undefined, callingCode: undefined }), new Date());
  expect(believed()).toBe(false);
  for (let count = 0; count < 20; count++) used(sentCode(), new Date());
  expect(believed()).toBe(true);
  expect(told).toEqual([]);
});

test.each([
  ["a country that is allowed", "1", { PHONE_POLICY_ALLOWED_COUNTRIES: "US" }, true],
  ["a country beside allowed ones", "1", { PHONE_POLICY_ALLOWED_COUNTRIES: "GB" }, false],
  ["an allowed calling code without a country", "870", { PHONE_POLICY_ALLOWED_CALLING_CODES: "870" }, true],
  ["any country, where no list is set", "1", {}, false],
])("the operator has named %s: %s", (_, callingCode, settings, named) => {
  const number = { callingCode, countries: callingCode === "1" ? (["US", "CA"] as const) : [] };
  expect(namesNumber(number, load(settings).phonePolicy)).toBe(named);
});
