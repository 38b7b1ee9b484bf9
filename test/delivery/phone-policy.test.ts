import { PhoneNumber, type Country } from "../../src/delivery/phone-number.ts";
import { judgeCountry } from "../../src/delivery/phone-policy.ts";

const judge = (countries: Country[], allowedCountries: Country[], blockedCountries: Country[] = []) =>
  judgeCountry(new PhoneNumber("+12025550123", "1", countries), {
    mode: "enforce",
    allowedCountries,
    blockedCountries,
    defaultCountry: undefined,
  });

describe("without lists", () => {
  test("every country is served, and numbers of no country", () => {
    expect(judge(["DE"], [])).toBeUndefined();
    expect(judge([], [])).toBeUndefined();
  });
});

describe("a list of allowed countries", () => {
  test("serves those on it and refuses the rest", () => {
    expect(judge(["DE"], ["AT", "DE"])).toBeUndefined();
    expect(judge(["FR"], ["AT", "DE"])).toBe("country-not-allowed");
  });

  test("serves a number that may be in an allowed country", () => {
    expect(judge(["GB", "GG", "IM", "JE"], ["JE"])).toBeUndefined();
    expect(judge(["GB", "GG", "IM", "JE"], ["DE"])).toBe("country-not-allowed");
  });

  test("refuses satellites and networks, which are in no country", () => {
    expect(judge([], ["US"])).toBe("country-not-allowed");
  });
});

describe("a list of blocked countries", () => {
  test("refuses those on it and serves the rest", () => {
    expect(judge(["FR"], [], ["FR"])).toBe("country-blocked");
    expect(judge(["DE"], [], ["FR"])).toBeUndefined();
  });

  test("refuses a number that may be in several only where all of them are blocked", () => {
    expect(judge(["RU", "KZ"], [], ["RU"])).toBeUndefined();
    expect(judge(["RU", "KZ"], [], ["KZ", "RU"])).toBe("country-blocked");
  });

  test("serves satellites and networks, which no list of countries can name", () => {
    expect(judge([], [], ["US", "RU"])).toBeUndefined();
  });
});
