import type { GuardReason } from "../delivery/outcome.ts";
import type { Window } from "./counts.ts";

/** How many are allowed in a sliding hour, in a sliding day; undefined: as many as may be. */
export type Limits = Readonly<Partial<Record<Window, number | undefined>>>;

export interface GuardVerdict {
  readonly reason: GuardReason;
  readonly count: number;
  readonly limit: number;
}

/** The first of the limits that is passed. */
export type JudgeCount = (
  reason: GuardReason,
  limits: Limits,
  countIn: (window: Window) => number,
) => GuardVerdict | undefined;

/** @param near An hour's limit is half reached, or more: from here on it matters what others have counted. */
export function createJudgeCount(near: () => void): JudgeCount {
  return (reason, limits, countIn) => {
    for (const window of ["hour", "day"] as const) {
      const limit = limits[window];
      if (limit === undefined) continue;
      const count = countIn(window);
      if (window === "hour" && count > limit / 2) near();
      if (count > limit) return { reason, count, limit };
    }
    return undefined;
  };
}

/** The limits that are set, raised where the usual traffic allows more: to whole codes, as they are told in events. */
export function raise(limits: Limits, { hour, day }: Readonly<Record<Window, number>>): Limits {
  return {
    hour: limits.hour === undefined ? undefined : Math.max(limits.hour, Math.floor(hour)),
    day: limits.day === undefined ? undefined : Math.max(limits.day, Math.floor(day)),
  };
}
