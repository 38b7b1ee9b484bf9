import { RawPhoneNumber } from "../../src/delivery/redacted.ts";
import { decide, type DeliveryRules } from "../../src/delivery/decision.ts";
import type { OtpDelivery } from "../../src/delivery/otp-delivery.ts";
import type { PhonePolicy } from "../../src/delivery/phone-policy.ts";
import { sampleDelivery } from "./sample-delivery.ts";

const now = new Date("2030-01-01T00:00:00.000Z");
const rules = (phonePolicy: Partial<PhonePolicy> = {}, voice = true): DeliveryRules => ({
  phonePolicy: {
    mode: "enforce",
    allowedCountries: [],
    blockedCountries: [],
    defaultCountry: undefined,
    ...phonePolicy,
  },
  on: { voice },
});
const to = (written: string): Partial<OtpDelivery> => ({ phoneNumber: new RawPhoneNumber(written) });
const refusal = (changes: Partial<OtpDelivery>, by: DeliveryRules) => {
  const decision = decide(sampleDelivery(changes), by, now);
  return decision.send ? undefined : decision.refused;
};

test("a plain delivery is made, to the number in E.164", () => {
  const decision = decide(sampleDelivery(to("+1 (202) 555-0123")), rules(), now);
  expect(decision).toMatchObject({ send: true, recorded: undefined });
  expect(decision.phoneNumber?.expose()).toBe("+12025550123");
});

test("a national number is made one of the default country", () => {
  const decision = decide(sampleDelivery(to("9876543210")), rules({ defaultCountry: "US" }), now);
  expect(decision.phoneNumber?.expose()).toBe("+19876543210");
});

const table: readonly (readonly [string, Partial<OtpDelivery>, DeliveryRules])[] = [
  ["impossible-number", to("+1 202 555"), rules()],
  ["number-with-extension", to("+12025550123 x5"), rules()],
  ["national-number-without-default-country", to("9876543210"), rules()],
  ["country-not-allowed", {}, rules({ allowedCountries: ["DE"] })],
  ["country-blocked", {}, rules({ blockedCountries: ["US"] })],
  ["expired-code", { expiresAt: new Date("2029-12-31T23:59:59.999Z") }, rules()],
  ["voice-off", { channel: "voice" }, rules({}, false)],
];

test.each(table)("%s is refused", (reason, changes, by) => {
  expect(refusal(changes, by)).toBe(reason);
});

test("a refusal knows the number, where it is one", () => {
  expect(decide(sampleDelivery(), rules({ blockedCountries: ["US"] }), now).phoneNumber?.expose()).toBe("+12025550123");
  expect(decide(sampleDelivery(to("+1")), rules(), now).phoneNumber).toBeUndefined();
});

describe("a code", () => {
  test("that expires this very moment has expired", () => {
    expect(refusal({ expiresAt: now }, rules())).toBe("expired-code");
  });

  test("that expires a millisecond later, or at no known time, has not", () => {
    expect(refusal({ expiresAt: new Date(now.getTime() + 1) }, rules())).toBeUndefined();
    expect(refusal({ expiresAt: undefined }, rules())).toBeUndefined();
  });
});

describe("in record mode", () => {
  test.each([
    ["country-not-allowed", { allowedCountries: ["DE"] }],
    ["country-blocked", { blockedCountries: ["US"] }],
  ] as const)("%s is recorded, and sent", (reason, lists) => {
    const decision = decide(sampleDelivery(), rules({ ...lists, mode: "record" }), now);
    expect(decision).toMatchObject({ send: true, recorded: reason });
  });

  test.each(table.filter(([reason]) => !reason.startsWith("country")))(
    "%s is refused all the same",
    (reason, changes, by) => {
      expect(refusal(changes, { ...by, phonePolicy: { ...by.phonePolicy, mode: "record" } })).toBe(reason);
    },
  );
});

test("voice that is off refuses no SMS, and voice that is on no call", () => {
  expect(refusal({ channel: "sms" }, rules({}, false))).toBeUndefined();
  expect(refusal({ channel: "voice" }, rules({}, true))).toBeUndefined();
});
