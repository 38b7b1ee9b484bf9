import fc from "fast-check";
import { RawPhoneNumber } from "../../src/delivery/redacted.ts";
import { parsePhoneNumber, PhoneNumber, type Country } from "../../src/delivery/phone-number.ts";

const parse = (written: string, country?: Country) => parsePhoneNumber(new RawPhoneNumber(written), country);
const country = fc.constantFrom<Country | undefined>(undefined, "US", "DE", "GB", "IT", "AU", "XK");
const mostlyNumbers = fc
  .tuple(
    fc.constantFrom("+1", "+44", "+49", "+39", "+7 ", "+881", "0", "", "+"),
    fc.stringMatching(/^\d{6,11}$/),
    fc.constantFrom("", " ", ";ext=1"),
  )
  .map((parts) => parts.join(""));
const characters = ["e", "t", "x", "+", "-", "(", ")", ".", ",", ";", "#", "=", "~", "/", " ", "＋", "٣"];
const likeANumber = fc.string({
  unit: fc.oneof(fc.constantFrom(...characters), fc.integer({ min: 0, max: 9 }).map(String)),
  maxLength: 40,
});

test("whatever is written is a number in E.164 or has a reason why not", () => {
  const reasons = ["impossible-number", "national-number-without-default-country"];
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: "binary" }), likeANumber, mostlyNumbers),
      country,
      (written, defaultCountry) => {
        const parsed = parse(written, defaultCountry);
        if (parsed instanceof PhoneNumber) expect(parsed.expose()).toMatch(/^\+[1-9]\d{6,14}$/);
        else expect(reasons).toContain(parsed);
      },
    ),
    { numRuns: 2_000 },
  );
});

test("a number in international form is the same number whatever the default country is", () => {
  fc.assert(
    fc.property(mostlyNumbers, country, (written, defaultCountry) => {
      const [one, another] = [parse(`+${written}`), parse(`+${written}`, defaultCountry)];
      expect(another instanceof PhoneNumber ? another.expose() : another).toBe(
        one instanceof PhoneNumber ? one.expose() : one,
      );
    }),
    { numRuns: 1_000 },
  );
});

// What is linear in the length takes a few milliseconds at most.
test.each(["+", "1", " ", "+1 ", "(", "x", "+1202555012 ext ", ";ext=", "-", "~", "٣", "+12025550123 x1 "])(
  "64 KB of %j are judged at once",
  (piece) => {
    const written = piece.repeat(65_536 / piece.length);
    const times = [1, 2, 3].map(() => {
      const start = performance.now();
      parse(written, "US");
      parse(`+1${written}`);
      return performance.now() - start;
    });
    // The best of three: the machine may be busy with something else.
    expect(Math.min(...times)).toBeLessThan(50);
  },
);
