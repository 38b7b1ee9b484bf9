import * as z from "zod";
import type { ByCountry } from "../../delivery/phone-policy.ts";
import { parseJson } from "../../delivery/json.ts";
import { isCountry } from "../../delivery/phone-number.ts";
import { invalid } from "./forms.ts";

/**
 * `{"US":…,"+870":…,"*":…}`: what is set for each country. A country that stands there twice, in two ways of writing it,
 * is wrong: nobody would know which counts.
 */
export function byCountry<Value>(value: z.ZodType<Value>, error: string) {
  const json = z.record(z.string(), value);
  return z.string().transform((text, context): ByCountry<Value> => {
    const entries = Object.entries(json.safeParse(parseJson(text)).data ?? {});
    const map = new Map(entries.map(([key, set]) => [key.toUpperCase(), set] as const));
    return map.size > 0 && map.size === entries.length && [...map.keys()].every(isKey) ? map : invalid(context, error);
  });
}

function isKey(key: string): boolean {
  return key === "*" || /^\+[1-9]\d{0,2}$/.test(key) || isCountry(key);
}
