import { dayMs } from "../../../src/guard/counts.ts";
import { groupOf, type Group } from "../../../src/guard/guarded-code.ts";
import type { ExportedCode } from "./exported-codes.ts";

/**
 * A country's codes of a group on a day of UTC, of which there were too many, or of which too few
 * were used.
 */
export interface OddDay {
  /** Since 1970. */
  readonly day: number;
  readonly country: string;
  readonly group: Group;
  readonly codes: number;
  readonly used: number;
}

/** Where fewer are asked for, no day is odd. */
const oddFrom = 40;
const oddTimes = 3;
const usedShareOfPeople = 0.5;

/**
 * An attack must not make its own limits. A day of an outage or a roll-out may be odd too: the
 * operator sees which they are.
 */
export function findOddDays(codes: readonly ExportedCode[]): OddDay[] {
  const hadEvents = new Set(codes.filter(({ used }) => used).map(dayOf));
  const series = Map.groupBy(codes, ({ country, kind }) => `${country} ${groupOf({ kind })}`);
  return [...series.values()].flatMap((all) => {
    const days = [...Map.groupBy(all, dayOf)];
    const median =
      days.map(([, { length }]) => length).sort((one, other) => one - other)[
        Math.floor(days.length / 2)
      ] ?? 0;
    return days.flatMap(([day, ofDay]): OddDay[] => {
      const used = ofDay.filter((code) => code.used).length;
      const isOdd = hadEvents.has(day)
        ? used < usedShareOfPeople * ofDay.length
        : ofDay.length > oddTimes * median;
      const [{ country, kind } = { country: "", kind: "unknown" as const }] = ofDay;
      return isOdd && ofDay.length > oddFrom
        ? [{ day, country, group: groupOf({ kind }), codes: ofDay.length, used }]
        : [];
    });
  });
}

/** Of UTC, since 1970. */
export function dayOf({ at }: Pick<ExportedCode, "at">): number {
  return Math.floor(at / dayMs);
}
