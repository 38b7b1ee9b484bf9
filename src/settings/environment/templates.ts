import * as z from "zod";
import { normalizeLocale, smsTextLimit } from "../../delivery/texts.ts";
import { byCountry, invalid } from "./validators.ts";

/** A code is 10 digits at most. */
const longestCode = "0".repeat(10);

const text = z
  .string()
  // Okta writes ${code}: that would send a dollar sign. A digit beside the code would be read as
  // one of it.
  .refine((written) => /^[^{}]*(?<![$\d])\{code\}(?!\d)[^{}]*$/.test(written))
  .refine((written) => written.replace("{code}", longestCode).length <= smsTextLimit);

const byLanguage = z
  .record(z.string(), text)
  .transform((texts, context): ReadonlyMap<string, string> => {
    const entries = Object.entries(texts).map(
      ([language, written]) => [normalizeLocale(language), written] as const,
    );
    const map = new Map(entries);
    // A language that stands there twice, in two ways of writing it, is wrong, as a country is.
    const isGood = map.has("*") && map.size === entries.length && [...map.keys()].every(isLanguage);
    return isGood ? map : invalid(context, "is not texts by language");
  });

function isLanguage(key: string): boolean {
  return /^(?:\*|[a-z]{2,3}(?:-[a-z\d]{2,8})*)$/.test(key);
}

/**
 * `{"IN":"Your Acme code is {code}","CA":{"fr":"…","*":"…"}}` → texts by language for each country.
 */
export const templates = byCountry(
  z.union([
    text.transform((written): ReadonlyMap<string, string> => new Map([["*", written]])),
    byLanguage,
  ]),
  `is not a JSON object such as {"IN":"Your Acme code is {code}"} (country, +calling code or *: a text of up to ${smsTextLimit} characters with one {code} and no other braces; or {"hi":…,"*":…}, such texts by language)`,
);
