// Scalar functions and aggregates, as many as our queries use.
import { createHash } from "node:crypto";
import { compare, isEmpty, keyOf, toNumber, toText, type Value } from "./kql-values.ts";

export const scalarFunctions: Readonly<Record<string, (...values: readonly Value[]) => Value>> = {
  bin: (value = null, step = null) => {
    if (typeof step !== "number" || step <= 0) throw new Error("bin needs a step.");
    if (value instanceof Date) return new Date(Math.floor(value.getTime() / step) * step);
    return typeof value === "number" ? Math.floor(value / step) * step : null;
  },
  case: (...values) => {
    const at = values.findIndex((value, i) => i % 2 === 0 && (value === true || i === values.length - 1));
    return values[at === values.length - 1 ? at : at + 1] ?? null;
  },
  coalesce: (...values) => values.find((value) => !isEmpty(value)) ?? values.at(-1) ?? null,
  hash_sha256: (value = null) => createHash("sha256").update(toText(value)).digest("hex"),
  iff: (condition = null, then = null, otherwise = null) => (condition === true ? then : otherwise),
  isempty: (value = null) => isEmpty(value),
  isnotempty: (value = null) => !isEmpty(value),
  not: (value = null) => (typeof value === "boolean" ? !value : null),
  round: (value = null, digits = 0) => {
    if (typeof value !== "number") return null;
    const factor = 10 ** Number(digits);
    return Math.round(value * factor) / factor;
  },
  strcat: (...values) => values.map(toText).join(""),
  todatetime: (value = null) => {
    const date = new Date(toText(value));
    return Number.isNaN(date.getTime()) ? null : date;
  },
  todouble: (value = null) => toNumber(value),
  toint: (value = null) => {
    const number = toNumber(value);
    return number === null ? null : Math.trunc(number);
  },
  tostring: (value = null) => toText(value),
  trim: (pattern, value = null) => {
    if (pattern !== " ") throw new Error("trim takes blanks only here.");
    return toText(value).trim();
  },
};

/** Of one expression's values in a group, a further argument being the same for all of them. Nulls are left out before. */
export const aggregates: Readonly<Record<string, (values: readonly Value[], argument: Value) => Value>> = {
  count_distinct: (values) => new Set(values.map(keyOf)).size,
  dcount: (values) => new Set(values.map(keyOf)).size,
  max: (values) => values.reduce<Value>((most, it) => (most === null || compare(it, most, more) ? it : most), null),
  min: (values) => values.reduce<Value>((least, it) => (least === null || compare(it, least, less) ? it : least), null),
  // Nearest rank; Kusto's is an estimate of the same: https://learn.microsoft.com/kusto/query/percentiles-aggregation-function
  percentile: (values, percent) => {
    const sorted = values.toSorted((a, b) => (compare(a, b, less) ? -1 : 1));
    return sorted[Math.max(0, Math.ceil((Number(percent) / 100) * sorted.length) - 1)] ?? null;
  },
  sum: (values) => values.reduce<number>((sum, value) => sum + Number(value), 0),
};

function more(difference: number): boolean {
  return difference > 0;
}

function less(difference: number): boolean {
  return difference < 0;
}
