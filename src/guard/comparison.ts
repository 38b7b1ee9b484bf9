import type { GuardReason } from "../delivery/outcome.ts";
import type { SlotTally, Window } from "./counts.ts";
import type { Limits } from "./guard-settings.ts";

/** A rule's count, with the judged code in it as if it were sent, beside its limit. Over the limit it is the reason to refuse. */
export interface Comparison {
  readonly reason: GuardReason;
  readonly count: number;
  readonly limit: number;
}

export function isOver({ count, limit }: Comparison): boolean {
  return count > limit;
}

/** From here on it matters what other instances have counted. */
export function isNear({ count, limit }: Comparison): boolean {
  return count > limit / 2;
}

/** For each limit that is set. */
export function compare(
  reason: GuardReason,
  limits: Limits,
  tallies: (window: Window) => readonly SlotTally[],
  count: Readonly<Record<Window, (tallies: readonly SlotTally[]) => number>>,
): Comparison[] {
  return (["hour", "day"] as const).flatMap((window) => {
    const limit = limits[window];
    return limit === undefined ? [] : [{ reason, count: count[window](tallies(window)), limit }];
  });
}
