import type { Country } from "../../src/rules/phone-number.ts";
import { judgePhoneNumber, type PhonePolicy } from "../../src/rules/phone-policy.ts";
import { openPolicy, samplePhoneNumber } from "./sample-code-request.ts";

const judge = (number: string, policy: Partial<PhonePolicy> = {}) =>
  judgePhoneNumber(samplePhoneNumber(number), { ...openPolicy, ...policy });
const allowed = (...allowedCountries: Country[]) => ({ allowedCountries });
const blocked = (...blockedCountries: Country[]) => ({ blockedCountries });

const german = "+4915112345678";
const french = "+33612345678";
// libphonenumber does not know this range, so the number may be in any country of +44.
const ofFourCountries = "+442112345678";
const ofKazakhstanOrRussia = "+75812345678";

test.each<[string, Partial<PhonePolicy>, string, string | undefined]>([
  ["serves every country without lists", {}, german, undefined],
  ["serves a number of several countries without lists", {}, ofFourCountries, undefined],
  ["serves an allowed country", allowed("AT", "DE"), german, undefined],
  ["refuses a country that is not allowed", allowed("AT", "DE"), french, "country-not-allowed"],
  ["serves a number that may be in an allowed country", allowed("JE"), ofFourCountries, undefined],
  [
    "refuses a number that cannot be in an allowed country",
    allowed("DE"),
    ofFourCountries,
    "country-not-allowed",
  ],
  ["refuses a blocked country", blocked("FR"), french, "country-blocked"],
  ["serves a country that is not blocked", blocked("FR"), german, undefined],
  [
    "serves a number that may be in a country that is not blocked",
    blocked("RU"),
    ofKazakhstanOrRussia,
    undefined,
  ],
  [
    "refuses a number whose possible countries are all blocked",
    blocked("KZ", "RU"),
    ofKazakhstanOrRussia,
    "country-blocked",
  ],
  ["refuses a blocked range", { blockedRanges: ["+4915"] }, german, "range-blocked"],
  ["serves a country's range that is not blocked", { blockedRanges: ["+4916"] }, german, undefined],
])("judgePhoneNumber %s", (_, policy, number, reason) => {
  expect(judge(number, policy)).toBe(reason);
});

describe("a calling code without a country", () => {
  const codes = [
    ["+80012345678", "800"],
    ["+870773111632", "870"],
    ["+979123456789", "979"],
  ] as const;

  test.each(codes)(
    "the number %s is served only if its calling code is allowed",
    (number, callingCode) => {
      for (const policy of [{}, blocked("FR"), allowed("US")]) {
        expect(judge(number, policy)).toBe("unserved-calling-code");
        expect(judge(number, { ...policy, allowedCallingCodes: [callingCode] })).toBeUndefined();
      }
    },
  );

  test("if a calling code is allowed, numbers with other calling codes are still served", () => {
    expect(judge(german, { allowedCallingCodes: ["870"] })).toBeUndefined();
  });
});

describe("premium numbers", () => {
  test.each([
    ["+19005550123", "premium, +1 900"],
    ["+15005550100", "personal, +1 500"],
    ["+447012345678", "personal, +44 70"],
    ["+491801234567", "shared cost, +49 180"],
    ["+499001234567", "premium, +49 900"],
  ])("judgePhoneNumber refuses %s (%s), even if its country is allowed", (number) => {
    expect(judge(number)).toBe("premium-number");
    expect(judge(number, { ...allowed("US", "GB", "DE") })).toBe("premium-number");
  });

  test.each(["+12025550123", "+447781123456", "+442112345678", german])(
    "judgePhoneNumber serves %s, whose range is plain or unknown",
    (number) => {
      expect(judge(number)).toBeUndefined();
    },
  );
});
