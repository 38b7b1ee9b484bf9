import { bucketOf, type CountGroup, type SharedCounts } from "./counts.ts";
import { parseJson } from "../delivery/parse-json.ts";
import { fingerprintIn, isSet, shorten, textOf } from "./fingerprint.ts";
import type { History } from "./histories.ts";

/** What an instance tells of one hour: for each key its values in the hour's 6 buckets. */
export type HourCounts = ReadonlyMap<string, readonly number[]>;

export const hourMs = 3_600_000;
const bucketsInHour = 6;
/** A property holds 64 KiB, in UTF-16: https://learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model */
const textLimit = 30_000;
/** So many keys of people and of places, the most recent ones, however many there are: what an instance tells stays a few rows. */
const keysLimit = 4_000;
/** Looked at for them. */
const searchLimit = 20_000;

/**
 * What this instance counted in the hour. Of people, a key with one code is told by half its bits: enough for another
 * instance that has the key to count it, and for nobody to learn it.
 */
export function hourOf({ of }: SharedCounts, hour: number, withPeople: boolean): HourCounts {
  /** By kind (c: place, p: person, s: things of a person) and fingerprint. */
  const told = new Map<string, readonly number[]>();
  const tell = (group: CountGroup, histories: readonly History[]) => {
    for (const history of histories) {
      const values = valuesIn(history, hour);
      if (values.length === 0) continue;
      const letter = group === "places" ? "c" : isSet(history.key) ? "s" : "p";
      const key = group === "people" && isFirstCode(history) ? shorten(history.key) : history.key;
      told.set(letter + textOf(key), values);
    }
  };
  const from = bucketOf(hour);
  tell("places", of.places.own.since(from, keysLimit));
  if (!withPeople) return told;
  const people = of.people.own.since(from, searchLimit);
  const often = people.filter((history) => !isFirstCode(history));
  const once = people.filter(isFirstCode);
  tell("people", [...often, ...once].slice(0, keysLimit));
  return told;
}

function isFirstCode({ key, entries }: History): boolean {
  const [entry, ...more] = entries;
  if (more.length > 0 || entry === undefined) return false;
  return isSet(key) ? (entry.value & (entry.value - 1)) === 0 : entry.value === 1;
}

function valuesIn({ entries }: History, hour: number): number[] {
  const values: number[] = [];
  for (const { bucket, value } of entries) {
    const index = ((bucket - bucketOf(hour)) << 16) >> 16;
    if (index >= 0 && index < bucketsInHour) values[index] = value;
  }
  return Array.from(values, (value: number | undefined) => value ?? 0);
}

/** In texts that each fit into a row. */
export function textsOf(counts: HourCounts): string[] {
  const texts: string[] = [];
  let text = "";
  for (const [key, values] of counts) {
    const entry = `"${key}":${JSON.stringify(values)}`;
    if (text.length + entry.length > textLimit) {
      texts.push(`{${text}}`);
      text = "";
    }
    text += text === "" ? entry : `,${entry}`;
  }
  return [...texts, `{${text}}`];
}

/** What was written by others, or by another version: what is odd counts as absent. */
export function countsIn(texts: readonly string[]): HourCounts {
  const entries = texts.flatMap((text) => Object.entries(objectIn(text)));
  return new Map(entries.filter((entry): entry is [string, number[]] => isValues(entry[1])));
}

function isValues(given: unknown): given is number[] {
  return Array.isArray(given) && given.length <= bucketsInHour && given.every(Number.isSafeInteger);
}

export function objectIn(text: string): Record<string, unknown> {
  const json = parseJson(text);
  return typeof json === "object" && json !== null ? (json as Record<string, unknown>) : {};
}

/** Puts what an instance tells of an hour in the place of what it told before. */
export function merge({ of }: SharedCounts, hour: number, before: HourCounts, now: HourCounts): void {
  for (const key of new Set([...before.keys(), ...now.keys()])) {
    const group = key.startsWith("c") ? "places" : "people";
    const fingerprint = fingerprintIn(key.slice(1), key.startsWith("s"));
    if (fingerprint === undefined) continue;
    const [was, is] = [before.get(key) ?? [], now.get(key) ?? []];
    for (let index = 0; index < bucketsInHour; index++) {
      const [past, value] = [was[index] ?? 0, is[index] ?? 0];
      if (value === past) continue;
      of[group].others.add(fingerprint, bucketOf(hour) + index, isSet(fingerprint) ? value : value - past);
    }
  }
}
