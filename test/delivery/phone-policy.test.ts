import type { Country } from "../../src/delivery/phone-number.ts";
import { judgePhoneNumber, type PhonePolicy } from "../../src/delivery/phone-policy.ts";
import { openPolicy, samplePhoneNumber } from "./sample-delivery.ts";

const judge = (number: string, policy: Partial<PhonePolicy> = {}) =>
  judgePhoneNumber(samplePhoneNumber(number), { ...openPolicy, ...policy });
const allowed = (...allowedCountries: Country[]) => ({ allowedCountries });
const blocked = (...blockedCountries: Country[]) => ({ blockedCountries });

const german = "+4915112345678";
const french = "+33612345678";
// +44 1534 is Jersey; the table does not know this range, so it may be in any country of +44.
const ofFourCountries = "+442112345678";
const ofKazakhstanOrRussia = "+75812345678";

test.each<[string, Partial<PhonePolicy>, string, string | undefined]>([
  ["without lists, every country is served", {}, german, undefined],
  ["a number of several countries too", {}, ofFourCountries, undefined],
  ["an allowed country is", allowed("AT", "DE"), german, undefined],
  ["none beside them", allowed("AT", "DE"), french, "country-not-allowed"],
  ["a number that may be in one of them is", allowed("JE"), ofFourCountries, undefined],
  ["one that cannot be is not", allowed("DE"), ofFourCountries, "country-not-allowed"],
  ["a blocked country is not", blocked("FR"), french, "country-blocked"],
  ["all beside it are", blocked("FR"), german, undefined],
  ["a number that may be elsewhere is", blocked("RU"), ofKazakhstanOrRussia, undefined],
  [
    "one that cannot be is not served",
    blocked("KZ", "RU"),
    ofKazakhstanOrRussia,
    "country-blocked",
  ],
  ["a blocked range is not", { blockedRanges: ["+4915"] }, german, "range-blocked"],
  ["another range of that country is", { blockedRanges: ["+4916"] }, german, undefined],
])("%s", (_, policy, number, reason) => {
  expect(judge(number, policy)).toBe(reason);
});

describe("a calling code that belongs to no country", () => {
  const codes = [
    ["+80012345678", "800"],
    ["+80812345678", "808"],
    ["+870773111632", "870"],
    ["+878101234567890", "878"],
    ["+881612345678", "881"],
    ["+88210123456", "882"],
    ["+8835100123456", "883"],
    ["+88812345678901", "888"],
    ["+979123456789", "979"],
  ] as const;

  test.each(codes)(
    "%s is served only where it is named, whatever the lists of countries say",
    (number, callingCode) => {
      for (const policy of [{}, blocked("FR"), allowed("US")]) {
        expect(judge(number, policy)).toBe("unserved-calling-code");
        expect(judge(number, { ...policy, allowedCallingCodes: [callingCode] })).toBeUndefined();
      }
    },
  );

  test("that is named excludes nobody", () => {
    expect(judge(german, { allowedCallingCodes: ["870"] })).toBeUndefined();
  });
});

describe("a number whose owner is paid for what it receives", () => {
  test.each([
    ["+19005550123", "premium, +1 900"],
    ["+15005550100", "personal, +1 500"],
    ["+447012345678", "personal, +44 70"],
    ["+449012345678", "premium, +44 9"],
    ["+491801234567", "shared cost, +49 180"],
    ["+499001234567", "premium, +49 900"],
    ["+33892700123", "premium, +33 89"],
    ["+81990123456", "premium, +81 990"],
    ["+611300123456", "shared cost, +61 1300"],
  ])("is refused: %s (%s)", (number) => {
    expect(judge(number)).toBe("premium-number");
    expect(judge(number, { ...allowed("US", "GB", "DE", "FR", "JP", "AU") })).toBe(
      "premium-number",
    );
  });

  test.each([
    "+12025550123",
    "+447781123456",
    "+442112345678",
    german,
    "+390212345678",
    "+6591234567",
  ])("is not %s: a plain number, or one that the table has not heard of", (number) => {
    expect(judge(number)).toBeUndefined();
  });
});
