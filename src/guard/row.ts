import { parseJson } from "../delivery/json.ts";
import { measures, type Counts } from "./counts.ts";
import type { Asked, Evidence, Outcome } from "./evidence.ts";
import type { Regulars } from "./regulars.ts";

// What instances write into the table, and what they make of it. Rows may be of another version: what is odd counts as absent.

/** A slot relative to the row's period, then its counts in the order of `measures`. Zeros at the end are left out. */
export type Entry = readonly number[];

/** A property holds 64 KiB, in UTF-16: https://learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model */
const textLimit = 30_000;

/** In texts of JSON that each fit into a row: one at least. */
export function textsOf(properties: Iterable<readonly [key: string, value: unknown]>): string[] {
  const texts: string[] = [];
  let text = "";
  for (const [key, value] of properties) {
    const property = `${JSON.stringify(key)}:${JSON.stringify(value)}`;
    if (text.length + property.length > textLimit) {
      texts.push(`{${text}}`);
      text = "";
    }
    text += text === "" ? property : `,${property}`;
  }
  return [...texts, `{${text}}`];
}

function propertiesOf(text: string): [string, unknown][] {
  const json = parseJson(text);
  return typeof json === "object" && json !== null ? Object.entries(json) : [];
}

/**
 * Puts what an instance reports in the place of what it reported before.
 * @param countsOf By the group's letter.
 */
export function mergeCounts(
  countsOf: Readonly<Record<string, Counts>>,
  firstSlot: number,
  before: string,
  now: string,
): void {
  for (const [text, sign] of [
    [before, -1],
    [now, 1],
  ] as const)
    for (const [key, entries] of propertiesOf(text)) {
      const counts = countsOf[key[0] ?? ""];
      if (counts === undefined) continue;
      for (const entry of listIn(entries).filter(isEntry))
        for (const [index, measure] of measures.entries()) {
          const count = entry[index + 1] ?? 0;
          if (count !== 0) counts.merge(key.slice(1), firstSlot + (entry[0] ?? 0), measure, sign * count);
        }
    }
}

function isEntry(given: unknown): given is Entry {
  return Array.isArray(given) && given.length <= 1 + measures.length && given.every(Number.isSafeInteger);
}

export function mergePeople(regulars: Regulars, day: string, text: string): void {
  for (const [place, people] of propertiesOf(text))
    for (const person of listIn(people)) if (typeof person === "string") regulars.merge(place, person, day);
}

export function mergeEvidence(evidence: Evidence, instance: string, text: string): void {
  const { outcomes, asked } = Object.fromEntries(propertiesOf(text));
  evidence.merge(instance, listIn(outcomes).filter(isOutcome), listIn(asked).filter(isAsked));
}

function listIn(given: unknown): readonly unknown[] {
  return Array.isArray(given) ? given : [];
}

function isOutcome(given: unknown): given is Outcome {
  return Array.isArray(given) && given.length === 2 && given.every(Number.isSafeInteger);
}

function isAsked(given: unknown): given is Asked {
  return Array.isArray(given) && typeof given[0] === "string" && Number.isSafeInteger(given[1]);
}
