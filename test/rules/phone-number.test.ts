import { keyedHash, RawPhoneNumber } from "../../src/privacy/redacted.ts";
import { hasNumbers, parsePhoneNumber, type Country } from "../../src/rules/phone-number.ts";

function parse(written: string, defaultCountry?: Country) {
  const parsed = parsePhoneNumber(new RawPhoneNumber(written), defaultCountry);
  return parsed.ok ? parsed.phoneNumber.expose() : parsed.reason;
}

function countriesOf(written: string): readonly Country[] {
  const parsed = parsePhoneNumber(new RawPhoneNumber(written), undefined);
  return parsed.ok ? parsed.phoneNumber.countries : [];
}

describe("a number in international format", () => {
  test.each([
    ["+12025550123", "+12025550123"],
    ["+1 (202) 555-0123", "+12025550123"],
    ["  +4915112345678\n", "+4915112345678"],
    ["+44 (0) 20 7183 8750", "+442071838750"],
    ["+390612345678", "+390612345678"],
    ["＋65 9123 4567", "+6591234567"],
    ["﹢６５ ９１２３ ４５６７", "+6591234567"],
    ["⁺65‑9123‑4567", "+6591234567"],
    ["\u202a+65 9123 4567\u202c", "+6591234567"],
    ["+65 9123\u200b 4567\u00ad", "+6591234567"],
    ["+65［9123］∼4567", "+6591234567"],
  ])("parsePhoneNumber reads %j as %s, with or without a default country", (written, e164) => {
    expect(parse(written)).toBe(e164);
    expect(parse(written, "DE")).toBe(e164);
  });

  test.each([
    ["an unknown range", "+19995550123"],
    ["a mobile range that Germany does not use yet", "+4919912345678"],
    ["a British range that Ofcom has not assigned", "+447999999999"],
    ["an unassigned satellite range", "+881412345678"],
  ])("parsePhoneNumber accepts a number of %s", (_, written) => {
    expect(parse(written)).toBe(written);
  });

  test.each([
    ["+881612345678", "881"],
    ["+870773111632", "870"],
    ["+88213300655", "882"],
    ["+883510012345678", "883"],
  ])("the number %s has the calling code %s and no country", (written, callingCode) => {
    const parsed = parsePhoneNumber(new RawPhoneNumber(written), undefined);
    expect(parsed).toMatchObject({ phoneNumber: { callingCode, countries: [] } });
    expect(parse(written)).toBe(written);
  });

  test.each([
    ["an unassigned calling code", "+999 12 345 678"],
    ["a number too short for its country", "+1 202 555"],
    ["a number too long for its country", "+1 202 555 0123 4"],
    ["a number shorter than 8x8 accepts", "+290 123"],
    ["a German number longer than E.164 allows", "+4912345678901234"],
    ["a plus alone", "+"],
    ["two numbers", "+12025550123, +12025550124"],
    ["letters for digits", "+1-800-FLOWERS!"],
    ["an emergency number", "+112"],
    ["a URI", "tel:+12025550123"],
    ["a plus in parentheses", "(+65) 9123 4567"],
    ["a number with a digit that libphonenumber drops", "+65 9123 4567 ८"],
    ["a plus after the digits", "6591234567+"],
  ])("parsePhoneNumber refuses %s, %j, with or without a default country", (_, written) => {
    expect(parse(written)).toBe("impossible-number");
    expect(parse(written, "GB")).toBe("impossible-number");
  });

  test.each(["+12025550123 ext 5", "+12025550123;ext=5", "+12025550123 x5", "+12025550123#5"])(
    "parsePhoneNumber reports the extension of %s, and leaves it out of the number",
    (written) => {
      const parsed = parsePhoneNumber(new RawPhoneNumber(written), undefined);
      expect(parsed).toMatchObject({ phoneNumber: { hasExtension: true, countries: ["US"] } });
      expect(parse(written)).toBe("+12025550123");
    },
  );
});

describe("a number's countries", () => {
  test.each<[string, Country]>([
    ["+12025550123", "US"],
    ["+18765550123", "JM"],
    ["+77012345678", "KZ"],
    ["+447797712345", "JE"],
    ["+4915112345678", "DE"],
  ])("the number %s is in %s, the only country of its range", (written, country) => {
    expect(countriesOf(written)).toEqual([country]);
  });

  test("if a number's range is unknown, its countries are all countries of the calling code", () => {
    const countries = countriesOf("+1 999 555 0123");
    expect(countries).toEqual(expect.arrayContaining(["US", "CA", "JM", "PR", "BS"]));
    expect(countries).not.toContain("GB");
    expect(countriesOf("+44 7999 999999")).toEqual(expect.arrayContaining(["GB"]));
    const parsed = parsePhoneNumber(new RawPhoneNumber("+1 999 555 0123"), "US");
    expect(parsed).toMatchObject({ phoneNumber: { countries } });
  });
});

describe("a number in national format", () => {
  test.each(["9876543210", "0044 20 7183 8750", "202 555 0123 ext 5"])(
    "parsePhoneNumber needs a default country for %j",
    (written) => {
      expect(parse(written)).toBe("national-number-without-default-country");
    },
  );

  test.each<[string, Country, string]>([
    ["9876543210", "US", "+19876543210"],
    ["0151 12345678", "DE", "+4915112345678"],
    ["06 12345678", "IT", "+390612345678"],
    ["0044 20 7183 8750", "DE", "+442071838750"],
    ["011 44 20 7183 8750", "US", "+442071838750"],
  ])("parsePhoneNumber reads %s in %s as %s", (written, country, e164) => {
    expect(parse(written, country)).toBe(e164);
  });

  test.each(["", "x", "12", "1".repeat(30), "00", "()", "١٢", "202 555 0123 or so"])(
    "parsePhoneNumber refuses %j, even with a default country",
    (written) => {
      expect(parse(written, "US")).toBe("impossible-number");
    },
  );

  test("hasNumbers is true for Germany, and false for Antarctica", () => {
    expect(hasNumbers("DE")).toBe(true);
    expect(hasNumbers("AQ")).toBe(false);
  });
});

describe("the counted number", () => {
  const counted = (written: string) => {
    const parsed = parsePhoneNumber(new RawPhoneNumber(written), undefined);
    if (!parsed.ok) return parsed.reason;
    const { range } = parsed.phoneNumber;
    return { hash: parsed.phoneNumber.hash("a key"), range };
  };
  const hash = (number: string) => keyedHash(number, "a key");

  test("an Argentine number has the same hash and range with and without the 9 of mobile numbers", () => {
    const sameCount = { hash: hash("+541123456789"), range: "+54112345" };
    expect(counted("+54 9 11 2345-6789")).toEqual(sameCount);
    expect(counted("+54 11 2345-6789")).toEqual(sameCount);
    expect(parse("+54 9 11 2345-6789")).toBe("+5491123456789");
    expect(parse("+54 11 2345-6789")).toBe("+541123456789");
  });

  test("a German number has the hash and the range of its E.164 format", () => {
    expect(counted("+4915112345678")).toEqual({
      hash: hash("+4915112345678"),
      range: "+491511234",
    });
  });
});
