import { loadSettings } from "../../src/settings/settings.ts";
import { azure } from "./sample-settings.ts";

/** The names of the doubtful settings. */
function doubts(settings: Record<string, string>): string[] {
  const { problems, doubts: found } = loadSettings({ ...azure, ...settings });
  expect(problems).toEqual([]);
  for (const { doubt } of found) expect(doubt).not.toBe("");
  return found.map(({ name }) => name);
}

test("a guard that enforces is where no country has numbers", () => {
  expect(doubts({ GUARD_MODE: "enforce" })).toEqual(["GUARD_MODE"]);
  expect(doubts({ GUARD_MODE: "enforce", GUARD_COUNTRY_BUDGET: '{"*":900}' })).toEqual([]);
  expect(doubts({ GUARD_MODE: "enforce", GUARD_COUNTRY_LIMITS: '{"US":{"calls":9}}' })).toEqual([]);
  expect(doubts({})).toEqual([]);
});

test("a country's limits are where one of them refuses no code", () => {
  const limits = (others: string) =>
    doubts({ GUARD_COUNTRY_LIMITS: `{"US":{"others":"${others}","calls":9}}` });
  expect(limits("3/2")).toEqual(["GUARD_COUNTRY_LIMITS"]);
  expect(limits("2/2")).toEqual([]);
});

test("an exemption of the guard is where its last day is over", () => {
  expect(doubts({ GUARD_EXEMPT_RANGES: "+4477,+6581 until 2020-01-31" })).toEqual([
    "GUARD_EXEMPT_RANGES",
  ]);
  expect(doubts({ GUARD_EXEMPT_RANGES: "+4477,+6581 until 9999-12-31" })).toEqual([]);
});

test("a default country is where it is not served", () => {
  const germans = { PHONE_DEFAULT_COUNTRY: "DE" };
  expect(doubts({ ...germans, PHONE_POLICY_ALLOWED_COUNTRIES: "GB" })).toEqual([
    "PHONE_DEFAULT_COUNTRY",
  ]);
  expect(doubts({ ...germans, PHONE_POLICY_BLOCKED_COUNTRIES: "DE" })).toEqual([
    "PHONE_DEFAULT_COUNTRY",
  ]);
  expect(doubts({ ...germans, PHONE_POLICY_BLOCKED_COUNTRIES: "GB" })).toEqual([]);
  expect(doubts({ ...germans, PHONE_POLICY_ALLOWED_COUNTRIES: "DE,GB" })).toEqual([]);
});
