import * as z from "zod";
import {
  languageOf,
  languages,
  normalizeLocale,
  type VoiceProfiles,
} from "../../delivery/texts.ts";
import { parseJson } from "../../delivery/json.ts";
import {
  hasNumbers,
  isCallingCode,
  isCountry,
  isCountryless,
  type Country,
  withoutMobilePrefix,
} from "../../delivery/phone-number.ts";
import type { ByCountry } from "../../delivery/phone-policy.ts";

// What settings may look like. Each message follows a setting's name and says which form it should
// have. None holds a value: that may be a secret.

export function matching(pattern: RegExp, error: string) {
  return z.string().regex(pattern, { error });
}

/** The first choice is the default. */
export function choice<const Choice extends string>(first: Choice, ...others: readonly Choice[]) {
  const choices = [first, ...others];
  return z
    .string()
    .toLowerCase()
    .pipe(z.enum(choices, { error: `is not one of: ${choices.join(", ")}` }))
    .prefault(first);
}

export function wholeNumber(from: number, to: number) {
  const inRange = (text: string) =>
    /^\d{1,9}$/.test(text) && Number(text) >= from && Number(text) <= to;
  return z
    .string()
    .refine(inRange, { error: `is not a whole number from ${from} to ${to}` })
    .transform(Number);
}

/** An origin: https, or plain http on a loopback host. */
export const origin = z.string().transform((text, context) => {
  const url = URL.parse(text);
  if (url === null || url.href !== `${url.origin}/`)
    return invalid(context, "is not a URL without a path");
  return isSafe(url) ? url.origin : invalid(context, "is not an https URL");
});

/**
 * A URL with a path, kept letter by letter. An issuer without one is Okta's org server, whose
 * tokens nobody else can verify.
 */
export const urlWithPath = z.string().transform((text, context) => {
  const url = URL.parse(text);
  if (url === null || url.pathname === "/" || url.href !== url.origin + url.pathname)
    return invalid(context, "is not a URL with a path and no more, such as https://…/oauth2/aus…");
  return isSafe(url) ? text : invalid(context, "is not an https URL");
});

/**
 * Secrets may go there: https, or plain http on a loopback host. A user part is refused: it is
 * taken for the host too easily.
 */
export function isSafe(url: URL): boolean {
  const encrypted = url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url));
  return encrypted && url.username === "" && url.password === "";
}

/**
 * `DE, AT` → the countries. An empty list is refused: it would be unclear whether all are served,
 * or none.
 */
export const countries = z.string().transform((text, context) => {
  const named = split(text.toUpperCase());
  return named.length > 0 && named.every(isCountry)
    ? named
    : invalid(
        context,
        "is not a list of countries that ISO 3166-1 knows (two letters each, comma-separated)",
      );
});

/** `870, +881` → the calling codes, without `+`. */
export const callingCodes = z.string().transform((text, context) => {
  const named = split(text).map((code) => code.replace(/^\+/, ""));
  return named.length > 0 && named.every(isCountryless)
    ? named
    : invalid(
        context,
        "is not a list of calling codes that belong to no country (such as 870, 881; comma-separated)",
      );
});

/** `+4477009,+65812` → beginnings of numbers. */
export const beginnings = z.string().transform((text, context) => {
  const named = split(text);
  return named.length > 0 && named.every((range) => /^\+[1-9]\d{0,14}$/.test(range))
    ? named.map(withoutMobilePrefix)
    : invalid(
        context,
        "is not a list of beginnings of numbers (such as +4477009,+65812; comma-separated)",
      );
});

/** Of some people. No calling code has more than three digits. */
export const beginningsOfPeople = beginnings.refine(
  (ranges) => ranges.every((range) => range.length > 4 || !isCallingCode(range.slice(1))),
  "has a calling code alone, which is a whole country, or 25 of them",
);

export function split(list: string): string[] {
  const entries = list.split(",").map((entry) => entry.trim());
  return entries.filter((entry) => entry !== "");
}

export const defaultCountry = z.string().transform((text, context): Country => {
  const code = text.toUpperCase();
  return hasNumbers(code)
    ? code
    : invalid(context, "is not one country that has telephone numbers");
});

const profiles = z.record(z.string(), z.string().regex(/^[\w-]{1,100}$/));

/** `{"en":"en-GB-Emma","de-AT":"…"}`: voices by language or locale. English has a default voice. */
export const voiceProfiles = z.string().transform((text, context): VoiceProfiles => {
  const voices = profiles.safeParse(parseJson(text)).data;
  if (voices === undefined)
    return invalid(context, 'is not a JSON object of names of voices such as {"en":"en-GB-Emma"}');
  if (!Object.keys(voices).every(languageOf))
    return invalid(
      context,
      `names a language without a sentence of its own; there are: ${languages.join(", ")}`,
    );
  const named = new Map(
    Object.entries(voices).map(([locale, voice]) => [normalizeLocale(locale), voice]),
  );
  const english = [...named.keys()].some((locale) => languageOf(locale) === "en");
  return english ? named : named.set("en", "en-GB-Emma");
});

export function invalid(context: z.RefinementCtx, message: string): never {
  context.issues.push({ code: "custom", message, input: undefined });
  return z.NEVER;
}

export function isLoopback({ hostname }: URL): boolean {
  return /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);
}

/**
 * `{"US":…,"+870":…,"*":…}`: what is set for each country. A country that stands there twice, in
 * two ways of writing it, is wrong: nobody would know which counts.
 */
export function byCountry<Value>(value: z.ZodType<Value>, error: string) {
  const json = z.record(z.string(), value);
  return z.string().transform((text, context): ByCountry<Value> => {
    const entries = Object.entries(json.safeParse(parseJson(text)).data ?? {});
    const map = new Map(entries.map(([key, set]) => [key.toUpperCase(), set] as const));
    return map.size > 0 && map.size === entries.length && [...map.keys()].every(isKey)
      ? map
      : invalid(context, error);
  });
}

function isKey(key: string): boolean {
  return key === "*" || /^\+[1-9]\d{0,2}$/.test(key) || isCountry(key);
}
