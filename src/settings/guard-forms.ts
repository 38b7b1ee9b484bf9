import * as z from "zod";
import { parseJson } from "../delivery/parse-json.ts";
import { isCountry } from "../delivery/phone-number.ts";
import type { Limits } from "../guard/limits.ts";
import { split, wrong } from "./setting-forms.ts";

// What the guard's settings may look like. As with all forms, no message holds a value.

/** Far more codes than a company sends. */
const countLimit = 1_000_000;

function isCount(count: number): boolean {
  return Number.isInteger(count) && count >= 1 && count <= countLimit;
}

/** `8/hour,20/day` → how many in each window; one of the two is enough. */
export const limits = z.string().transform((text, context): Limits => {
  const read = split(text.toLowerCase()).map((entry) => /^(\d{1,7})\s*\/\s*(hour|day)$/.exec(entry));
  const found = new Map(read.map((match) => [match?.[2], Number(match?.[1])]));
  if (found.size === 0 || found.size < read.length || ![...found.values()].every(isCount))
    return wrong(context, "is not a limit such as 8/hour or 8/hour,20/day (1 to 1000000 each)");
  return { hour: found.get("hour"), day: found.get("day") };
});

/** `{"US":5000,"+870":5,"*":200}` → codes a day. A calling code is for numbers whose country nobody knows. */
export const budgets = z.string().transform((text, context): ReadonlyMap<string, number> => {
  const json = z.record(z.string(), z.number().refine(isCount)).safeParse(parseJson(text)).data;
  const entries = Object.entries(json ?? {}).map(([key, count]) => [key.toUpperCase(), count] as const);
  return entries.length > 0 && entries.every(([key]) => key === "*" || isCallingCode(key) || isCountry(key))
    ? new Map(entries)
    : wrong(context, 'is not a JSON object such as {"US":5000,"*":200} (country, +calling code or *: 1 to 1000000)');
});

function isCallingCode(text: string): boolean {
  return /^\+[1-9]\d{0,2}$/.test(text);
}

/** `+4477009,+65812` → beginnings of numbers. */
export const ranges = z.string().transform((text, context) => {
  const named = split(text);
  return named.length > 0 && named.every((range) => /^\+[1-9]\d{0,14}$/.test(range))
    ? named
    : wrong(context, "is not a list of beginnings of numbers (such as +4477009,+65812; comma-separated)");
});
