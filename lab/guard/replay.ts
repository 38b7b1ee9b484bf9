import type { GuardReason } from "../../src/delivery/outcome.ts";
import { createCounts } from "../../src/guard/counts.ts";
import type { GuardSettings } from "../../src/guard/guard-settings.ts";
import { createGuard, type Guard } from "../../src/guard/guard.ts";
import { second, type Session } from "./session.ts";

export type ByReason = ReadonlyMap<GuardReason, number>;

/** Of the codes asked for from a time on. */
export interface Tally {
  readonly asked: number;
  readonly flagged: number;
  readonly byReason: ByReason;
}

export interface Tallies {
  readonly good: Tally;
  readonly pump: Tally;
}

export interface ReplaySettings {
  readonly settings: GuardSettings;
  readonly from: number;
  readonly toldAfterMs?: number;
  readonly feedEndsAt?: number;
}

type Step = (guard: Guard, at: number) => void;

const capacity = { keys: 120_000, entries: 400_000 };

/** An instance that has not told anybody of its counts: one guard, with room for what is simulated. */
export function createLoneGuard(settings: GuardSettings): Guard {
  const none = { keys: 2, entries: 2 };
  return createGuard(settings, createCounts({ own: capacity, others: none }, { own: capacity, others: none }));
}

/** The guard enforces: a code that it refuses is not sent, so that nobody can use it. */
export function replay(sessions: readonly Session[], given: ReplaySettings): Tallies {
  const { settings, from, toldAfterMs = 120 * second, feedEndsAt = Infinity } = given;
  const [good, pump] = [createTally(), createTally()];
  const steps: { readonly at: number; readonly run: Step }[] = [];
  for (const { code, askedAt, usedAt, good: isGood } of sessions) {
    let sent = false;
    const tally = isGood ? good : pump;
    const ask: Step = (guard, at) => {
      const verdict = guard.judge(code, at);
      sent ||= verdict === undefined;
      if (at >= from) tally.add(verdict?.reason);
    };
    for (const at of askedAt) steps.push({ at, run: ask });
    if (usedAt === undefined || usedAt >= feedEndsAt) continue;
    steps.push({
      at: usedAt + toldAfterMs,
      run: (guard, at) => {
        if (sent) guard.verified(code, at);
      },
    });
  }
  const guard = createLoneGuard(settings);
  for (const { at, run } of steps.sort((one, other) => one.at - other.at)) run(guard, at);
  return { good, pump };
}

export function createTally() {
  const byReason = new Map<GuardReason, number>();
  const tally = {
    asked: 0,
    flagged: 0,
    byReason,
    add(reason: GuardReason | undefined): void {
      tally.asked += 1;
      if (reason === undefined) return;
      tally.flagged += 1;
      byReason.set(reason, (byReason.get(reason) ?? 0) + 1);
    },
  };
  return tally;
}

export function sum(tallies: readonly Tally[]): Tally {
  const byReason = new Map<GuardReason, number>();
  for (const [reason, count] of tallies.flatMap((tally) => [...tally.byReason]))
    byReason.set(reason, (byReason.get(reason) ?? 0) + count);
  const all = (of: (tally: Tally) => number) => tallies.reduce((total, tally) => total + of(tally), 0);
  return { asked: all(({ asked }) => asked), flagged: all(({ flagged }) => flagged), byReason };
}
