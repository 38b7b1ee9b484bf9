import type { GuardedCode } from "../../src/guard/guard.ts";
import type { Random } from "./random.ts";

/** Somebody asks for codes until one is used, or until he gives up. Times are in milliseconds since 1970. */
export interface Session {
  readonly code: GuardedCode;
  readonly askedAt: readonly number[];
  /** Undefined: none was. */
  readonly usedAt: number | undefined;
  readonly good: boolean;
}

/** How people behave: shares of those who ask once more, after the first code and after each further one, and who use a code. */
export interface Habit {
  readonly askAgain: readonly [number, number];
  readonly use: number;
}

export const usualHabit: Habit = { askAgain: [0.08, 0.08], use: 0.93 };
/** Nothing arrives: four of five ask once more, and half of them each time again. */
export const nothingArrives: Habit = { askAgain: [0.8, 0.5], use: 0 };

export const second = 1_000;
export const hour = 3_600 * second;
export const day = 24 * hour;

export function createSession(code: GuardedCode, at: number, habit: Habit, random: Random): Session {
  const askedAt = [at];
  let last = at;
  while (random.share() < habit.askAgain[askedAt.length === 1 ? 0 : 1]) {
    // Okta lets nobody ask twice in 30 s.
    last += random.between(30, 120) * second;
    askedAt.push(last);
  }
  const used = random.share() < habit.use;
  return { code, askedAt, usedAt: used ? last + random.between(10, 50) * second : undefined, good: true };
}
