import * as z from "zod";
import { hasNumbers, isCountry, isCountryless, type Country } from "../../rules/phone-number.ts";
import { beginnings, choice, invalid, list } from "./validators.ts";

const countries = list(parseCountry, (text) => {
  const expected = "is not a list of ISO 3166-1 country codes (two letters each, comma-separated)";
  // Only two letters are quoted, because a longer text may be a secret.
  const [unknown] = text
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => /^[A-Z]{2}$/i.test(entry) && parseCountry(entry) === undefined);
  if (unknown === undefined) return expected;
  const advice = unknown.toUpperCase() === "UK" ? ", use GB" : "";
  return `${expected}: ${unknown} is no country${advice}`;
});

function parseCountry(text: string): Country | undefined {
  const code = text.toUpperCase();
  return isCountry(code) ? code : undefined;
}

/** `870, +881` → calling codes, without `+`. */
const callingCodes = list((text) => {
  const code = text.replace(/^\+/, "");
  return isCountryless(code) ? code : undefined;
}, "is not a list of calling codes that belong to no country (such as 870, 881; comma-separated)");

const defaultCountry = z.string().transform((text, context): Country => {
  const code = text.toUpperCase();
  return hasNumbers(code)
    ? code
    : invalid(
        context,
        "is not the code of one country with telephone numbers (two letters, such as DE)",
      );
});

export const phone = {
  PHONE_POLICY_ALLOWED_COUNTRIES: countries.optional().meta({
    description:
      "ISO codes, comma-separated. Only these countries are served: the best protection against toll fraud. Countries share calling codes, such as +1, +44 and +212. The app serves each number that may belong to one of these countries.",
  }),
  PHONE_POLICY_BLOCKED_COUNTRIES: countries.optional().meta({
    description:
      "ISO codes of countries that are not served. Set this list or `PHONE_POLICY_ALLOWED_COUNTRIES`, not both.",
  }),
  PHONE_POLICY_ALLOWED_CALLING_CODES: callingCodes.optional().meta({
    description:
      "Calling codes that belong to no country, and are also served: 800, 808, 870, 878, 881 to 883, 888 or 979. Numbers with a country are not affected.",
  }),
  PHONE_POLICY_BLOCKED_RANGES: beginnings.optional().meta({
    description: "Beginnings of numbers that are never served, comma-separated: `+4477009,+65812`.",
  }),
  PHONE_POLICY_MODE: choice("enforce", "record").meta({
    description:
      "`record`: a code that looks like abuse (country, calling code, range, premium number) is sent, and reported as `policyReason`. Other refusals still apply.",
  }),
  PHONE_DEFAULT_COUNTRY: defaultCountry.optional().meta({
    description: "ISO code of the country for numbers that come without `+`.",
  }),
  PHONE_RANGE_IN_LOG: choice("send", "omit").meta({
    description:
      "`omit`: the log has no [range](security.md#privacy) of a number, which is all but its last four digits. The guard and the country in the log do not change.",
  }),
};
