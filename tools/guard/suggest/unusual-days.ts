import { groupOf, type Group } from "../../../src/guard/guarded-code.ts";
import type { ExportedCode } from "./exported-codes.ts";

export const dayMs = 86_400_000;

/** A UTC day on which a country had too many codes of a group, or too few of them were used. */
export interface UnusualDay {
  /** Days since 1970. */
  readonly day: number;
  readonly country: string;
  readonly group: Group;
  readonly codes: number;
  readonly used: number;
}

/** A day with this many codes or fewer is never unusual. */
const unusualFrom = 40;
const unusualTimes = 3;
const usedShareOfPeople = 0.5;

/**
 * Finds the days that suggestions leave out, because an attack must not raise its own limits. An
 * outage or a roll-out can look like an attack, so the operator gets the list.
 */
export function findUnusualDays(codes: readonly ExportedCode[]): UnusualDay[] {
  const hadEvents = new Set(codes.filter(({ used }) => used).map(dayOf));
  const series = Map.groupBy(codes, ({ country, kind }) => `${country} ${groupOf({ kind })}`);
  return [...series.values()].flatMap((all) => {
    const days = [...Map.groupBy(all, dayOf)];
    const median =
      days.map(([, { length }]) => length).sort((one, other) => one - other)[
        Math.floor(days.length / 2)
      ] ?? 0;
    return days.flatMap(([day, ofDay]): UnusualDay[] => {
      const used = ofDay.filter((code) => code.used).length;
      const isUnusual = hadEvents.has(day)
        ? used < usedShareOfPeople * ofDay.length
        : ofDay.length > unusualTimes * median;
      const [{ country, kind } = { country: "", kind: "unknown" as const }] = ofDay;
      return isUnusual && ofDay.length > unusualFrom
        ? [{ day, country, group: groupOf({ kind }), codes: ofDay.length, used }]
        : [];
    });
  });
}

/** Returns UTC days since 1970. */
export function dayOf({ at }: Pick<ExportedCode, "at">): number {
  return Math.floor(at / dayMs);
}
