import { loadSettings } from "../../src/settings/settings.ts";
import { azure } from "./sample-settings.ts";

function warned(settings: Record<string, string>): string[] {
  const { problems, warnings } = loadSettings({ ...azure, ...settings });
  expect(problems).toEqual([]);
  for (const { warning } of warnings) expect(warning).toMatch(/^(?:is|has) /);
  return warnings.map(({ name }) => name);
}

test("loadSettings warns if the guard enforces and no country has limits", () => {
  expect(warned({ GUARD_MODE: "enforce" })).toEqual(["GUARD_MODE"]);
  expect(warned({ GUARD_MODE: "enforce", GUARD_COUNTRY_LIMITS: '{"*":{"calls":9}}' })).toEqual([]);
  expect(warned({})).toEqual([]);
});

test("if one sender and a list of senders are set, loadSettings warns, and uses the list", () => {
  const both = {
    EIGHT_BY_EIGHT_SMS_SENDER: "Acme",
    EIGHT_BY_EIGHT_SMS_SENDERS: '{"US":"74747"}',
    EIGHT_BY_EIGHT_VOICE_SUBACCOUNT: "acme_voice",
    EIGHT_BY_EIGHT_VOICE_SOURCE: "+6588000000",
    EIGHT_BY_EIGHT_VOICE_SOURCES: '{"*":"+18335550100"}',
  };
  expect(warned(both)).toEqual(["EIGHT_BY_EIGHT_SMS_SENDER", "EIGHT_BY_EIGHT_VOICE_SOURCE"]);
  const { sms, voice } = loadSettings({ ...azure, ...both }).config?.channels ?? {};
  expect([sms?.senders, voice?.sources]).toEqual([
    new Map([["US", "74747"]]),
    new Map([["*", "+18335550100"]]),
  ]);
});

test.each([
  ["enforce", "US,GB", '{"US":{},"*":{}}', ["GUARD_COUNTRY_LIMITS"]],
  ["enforce", "US,GB", undefined, ["GUARD_COUNTRY_LIMITS"]],
  ["enforce", "US,GB", '{"gb, us":{}}', []],
  ["record", "US,GB", '{"US":{}}', []],
  ["enforce", undefined, '{"US":{}}', ["GUARD_COUNTRY_LIMITS"]],
  ["enforce", undefined, '{"US":{},"*":{}}', []],
])("with the mode %s, allowed countries %s and limits %s, loadSettings warns of %j", (...given) => {
  const [mode, allowed, limits, names] = given;
  const settings = {
    GUARD_MODE: mode,
    ...(allowed !== undefined && { PHONE_POLICY_ALLOWED_COUNTRIES: allowed }),
    ...(limits !== undefined && { GUARD_COUNTRY_LIMITS: limits }),
  };
  expect(warned(settings)).toEqual(names);
});

test("loadSettings warns about unusedSignIns, which is gone, and uses the other limits", () => {
  const limits = { GUARD_COUNTRY_LIMITS: '{"US":{"signIns":9,"unusedSignIns":"any"}}' };
  expect(warned(limits)).toEqual(["GUARD_COUNTRY_LIMITS"]);
  const { config } = loadSettings({ ...azure, ...limits });
  expect(config?.guard?.countryLimits.get("US")?.signIns).toBe(9);
});

test("loadSettings warns about an exemption from the guard after the exemption's last day", () => {
  expect(warned({ GUARD_EXEMPT_RANGES: "+4477,+6581 until 2020-01-31" })).toEqual([
    "GUARD_EXEMPT_RANGES",
  ]);
  expect(warned({ GUARD_EXEMPT_RANGES: "+4477,+6581 until 9999-12-31" })).toEqual([]);
});

test("loadSettings warns about a default country that is not served", () => {
  const germans = { PHONE_DEFAULT_COUNTRY: "DE" };
  expect(warned({ ...germans, PHONE_POLICY_ALLOWED_COUNTRIES: "GB" })).toEqual([
    "PHONE_DEFAULT_COUNTRY",
  ]);
  expect(warned({ ...germans, PHONE_POLICY_BLOCKED_COUNTRIES: "DE" })).toEqual([
    "PHONE_DEFAULT_COUNTRY",
  ]);
  expect(warned({ ...germans, PHONE_POLICY_BLOCKED_COUNTRIES: "GB" })).toEqual([]);
  expect(warned({ ...germans, PHONE_POLICY_ALLOWED_COUNTRIES: "DE,GB" })).toEqual([]);
});
