import { RawPhoneNumber } from "../../src/privacy/redacted.ts";
import { decide } from "../../src/rules/decision.ts";
import type { CodeRequest } from "../../src/rules/code-request.ts";

import {
  isFinal,
  isSuppressible,
  reasons,
  reasonsOf,
  type ReasonRow,
} from "../../src/rules/reasons.ts";
import type { PhonePolicy } from "../../src/rules/phone-policy.ts";
import { openPolicy, sampleCodeRequest } from "./sample-code-request.ts";

type Rules = Parameters<typeof decide>[1];

const now = new Date("2030-01-01T00:00:00.000Z");
const rules = (phonePolicy: Partial<PhonePolicy> = {}, voice = true): Rules => ({
  phonePolicy: { ...openPolicy, ...phonePolicy },
  whyNot({ channel }, { hasExtension }) {
    if (hasExtension) return "number-with-extension";
    return channel === "voice" && !voice ? "voice-off" : undefined;
  },
});
const to = (written: string): Partial<CodeRequest> => ({
  phoneNumber: new RawPhoneNumber(written),
});
const refusalReason = (changes: Partial<CodeRequest>, by: Rules) => {
  const decision = decide(sampleCodeRequest(changes), by, now);
  return decision.ok ? undefined : decision.reason;
};

test("decide() accepts a plain code request, and returns its number in E.164", () => {
  const decision = decide(sampleCodeRequest(to("+1 (202) 555-0123")), rules(), now);
  expect(decision).toMatchObject({ ok: true, policyReason: undefined });
  expect(decision.phoneNumber?.expose()).toBe("+12025550123");
});

test("decide() reads a national number as a number of the default country", () => {
  const decision = decide(
    sampleCodeRequest(to("9876543210")),
    rules({ defaultCountry: "US" }),
    now,
  );
  expect(decision.phoneNumber?.expose()).toBe("+19876543210");
});

const refusals: readonly (readonly [string, Partial<CodeRequest>, Rules])[] = [
  ["impossible-number", to("+1 202 555"), rules()],
  ["number-with-extension", to("+12025550123 x5"), rules()],
  ["national-number-without-default-country", to("9876543210"), rules()],
  ["unserved-calling-code", to("+870773111632"), rules()],
  ["premium-number", to("+19005550123"), rules()],
  ["country-not-allowed", {}, rules({ allowedCountries: ["DE"] })],
  ["country-blocked", {}, rules({ blockedCountries: ["US"] })],
  ["range-blocked", {}, rules({ blockedRanges: ["+1202"] })],
  ["expired-code", { expiresAt: new Date("2029-12-31T23:58:59.999Z") }, rules()],
  ["voice-off", { channel: "voice" }, rules({}, false)],
];

test("every policy reason has a case in this suite", () => {
  const byPolicy = Object.entries<ReasonRow>(reasons).filter(([, { by }]) => by === "policy");
  expect(refusals.map(([reason]) => reason)).toEqual(byPolicy.map(([reason]) => reason));
});

test.each(refusals)("decide() refuses a code with the reason %s", (reason, changes, by) => {
  expect(refusalReason(changes, by)).toBe(reason);
});

test("decide() returns the phone number of a refused request if the number can be parsed", () => {
  expect(
    decide(sampleCodeRequest(), rules({ blockedCountries: ["US"] }), now).phoneNumber?.expose(),
  ).toBe("+12025550123");
  expect(decide(sampleCodeRequest(to("+1")), rules(), now).phoneNumber).toBeUndefined();
});

describe("a code's expiry", () => {
  const decided = (expiresAt: Date | undefined) =>
    decide(sampleCodeRequest({ expiresAt }), rules(), now);
  const after = (ms: number) => new Date(now.getTime() + ms);

  test("decide() refuses a code that expired a minute ago", () => {
    expect(decided(after(-60_000))).toMatchObject({ ok: false, reason: "expired-code" });
  });

  test("decide() accepts a code that expired less than a minute ago, but drops the expiry", () => {
    for (const ms of [-59_999, -1, 0])
      expect(decided(after(ms))).toMatchObject({ ok: true, expiresAt: undefined });
  });

  test("decide() accepts a code before its expiry, and a code without an expiry", () => {
    expect(decided(after(1))).toMatchObject({ ok: true, expiresAt: after(1) });
    expect(decided(undefined)).toMatchObject({ ok: true, expiresAt: undefined });
  });
});

const recordable = [
  "unserved-calling-code",
  "premium-number",
  "country-not-allowed",
  "country-blocked",
  "range-blocked",
];

describe("record mode", () => {
  test.each([
    ["country-not-allowed", { allowedCountries: ["DE"] }],
    ["country-blocked", { blockedCountries: ["US"] }],
    ["premium-number", {}, "+19005550123"],
    ["unserved-calling-code", {}, "+870773111632"],
  ] as [string, Partial<PhonePolicy>, string?][])(
    "in record mode, decide() accepts a code and returns %s as policyReason",
    (reason, lists, number = "+12025550123") => {
      const decision = decide(
        sampleCodeRequest(to(number)),
        rules({ ...lists, mode: "record" }),
        now,
      );
      expect(decision).toMatchObject({ ok: true, policyReason: reason });
    },
  );

  test.each(refusals.filter(([reason]) => !recordable.includes(reason)))(
    "in record mode, decide still refuses a code with the reason %s",
    (reason, changes, by) => {
      expect(
        refusalReason(changes, { ...by, phonePolicy: { ...by.phonePolicy, mode: "record" } }),
      ).toBe(reason);
    },
  );
});

test("a refusal is suppressible only if the reason is the country, the calling code, the range or a premium number", () => {
  const suppressed = reasonsOf("refused").filter((reason) => isSuppressible({ reason }));
  expect(suppressed.toSorted()).toEqual(recordable.toSorted());
});

test("a rejection is final only if the reason is the number, an expired code or the resend interval", () => {
  expect(reasonsOf("rejected").filter(isFinal)).toEqual([
    "invalid-number",
    "expired-at-provider",
    "resend-interval",
  ]);
});

test.each(["+19005550123", "+19005550123 x5"])(
  "decide() refuses %s as premium before it checks extension, channel and expiry",
  (number) => {
    const call = { channel: "voice", expiresAt: new Date(0), ...to(number) } as const;
    expect(refusalReason(call, rules({}, false))).toBe("premium-number");
  },
);
