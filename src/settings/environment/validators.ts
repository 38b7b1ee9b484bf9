import * as z from "zod";
import { parseJson } from "../../privacy/json.ts";
import { isCountry, withoutMobilePrefix } from "../../rules/phone-number.ts";
import type { ByCountry } from "../../rules/phone-policy.ts";

// Each message is the end of a sentence that begins with the setting's name, and says which format
// the value should have. No message contains the value, because it may be a secret.

export function matching(pattern: RegExp, error: string) {
  return z.string().regex(pattern, { error });
}

// Clients, proxies and the platform use these headers.
const usedByHttp =
  /^(?:accept(?:-.+)?|age|cache-control|connection|content-.+|cookie|date|expect|forwarded|from|host|if-.+|keep-alive|max-forwards|origin|pragma|proxy-.+|range|referer|te|trailer|transfer-encoding|upgrade|user-agent|via|x-forwarded-.+)$/i;
export const headerName = matching(
  /^[\w!#$%&'*+.^`|~-]+$/,
  "is not the name of an HTTP header",
).refine((name) => !usedByHttp.test(name), { error: "is a header that HTTP itself uses" });

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

export const origin = z.string().transform((text, context) => {
  const url = URL.parse(text);
  if (url === null || url.href !== `${url.origin}/`)
    return invalid(context, "is not a URL without a path");
  return isSafe(url) ? url.origin : invalid(context, "is not an https URL");
});

/** Whether a secret may be sent to this URL. A reader can mistake a user part for the host. */
export function isSafe(url: URL): boolean {
  const encrypted = url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url));
  return encrypted && url.username === "" && url.password === "";
}

export function isLoopback({ hostname }: URL): boolean {
  return /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);
}

/** Separated by commas. An empty list is refused, because it could mean all or none. */
export function list<Entry>(
  parse: (entry: string) => Entry | undefined,
  error: string | ((text: string) => string),
) {
  return z.string().transform((text, context): Entry[] => {
    const written = text.split(",").map((entry) => entry.trim());
    const entries = written.filter((entry) => entry !== "").map(parse);
    const good = entries.filter((entry) => entry !== undefined);
    return good.length > 0 && good.length === entries.length
      ? good
      : invalid(context, typeof error === "string" ? error : error(text));
  });
}

export const beginnings = list(
  parseBeginning,
  "is not a list of beginnings of numbers (such as +4477009,+65812; comma-separated)",
);

export function parseBeginning(text: string): string | undefined {
  return /^\+[1-9]\d{0,14}$/.test(text) ? withoutMobilePrefix(text) : undefined;
}

/**
 * `{"US":…,"+870":…,"*":…}`. Refuses `us` beside `US`, which is the same country.
 * @param countriesOf Returns the countries that one key names.
 */
export function byCountry<Value>(
  value: z.ZodType<Value>,
  error: string,
  countriesOf = (key: string): readonly string[] => [key],
) {
  const json = z.record(z.string(), value);
  return z.string().transform((text, context): ByCountry<Value> => {
    const entries = Object.entries(json.safeParse(parseJson(text)).data ?? {}).flatMap(
      ([key, set]) => countriesOf(key).map((name) => [name.trim().toUpperCase(), set] as const),
    );
    const map = new Map(entries);
    return map.size > 0 && map.size === entries.length && [...map.keys()].every(isKey)
      ? map
      : invalid(context, error);
  });
}

function isKey(key: string): boolean {
  return key === "*" || /^\+[1-9]\d{0,2}$/.test(key) || isCountry(key);
}

export function invalid(context: z.RefinementCtx, message: string): never {
  context.issues.push({ code: "custom", message, input: undefined });
  return z.NEVER;
}
