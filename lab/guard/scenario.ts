import type { GuardSettings } from "../../src/guard/guard-settings.ts";
import type { Stage } from "./events.ts";
import { asked, good, type Tallies } from "./tally.ts";
import { dayInJudgedWeek, hour, minute, second, day, type Weekday } from "./time.ts";
import type { Outage } from "./traffic.ts";
import type { Feed } from "./world.ts";

export interface Scenario {
  readonly name: string;
  readonly says: string;
  /** Codes a day of the company. */
  readonly sizes: readonly number[];
  readonly feeds: readonly FeedName[];
  /** The first judged day; `working` is the one that the run chooses. A whole week where it is undefined. */
  readonly weekday?: Weekday | "working";
  readonly days?: number;
  /** Hours of that day, where not all of it is judged. */
  readonly hours?: readonly [from: number, until: number];
  readonly happens?: (stage: Stage) => void;
  readonly outage?: (today: number) => Outage;
  readonly settings?: Partial<GuardSettings>;
  readonly wants?: readonly Want[];
}

/** What the guard is to show. */
export interface Want {
  readonly says: string;
  readonly atMost: number;
  readonly of: (tallies: Tallies) => number;
}

export const feeds = {
  prompt: () => 2 * second,
  "2-minutes": () => 2 * minute,
  "10-minutes": () => 10 * minute,
  dead: undefined,
  dying: undefined,
} as const satisfies Record<string, Feed | undefined>;
export type FeedName = keyof typeof feeds;

/** A dead one ended two days before what is judged, a dying one ends at ten in the morning of that day. */
export function feedOf(name: FeedName, today: number): Feed {
  if (name === "dead") return (usedAt) => (usedAt < today - 2 * day ? 2 * second : undefined);
  if (name === "dying") return (usedAt) => (usedAt < today + 10 * hour ? 2 * second : undefined);
  return feeds[name];
}

export function judgedTime({ weekday = "Mon", days, hours }: Scenario, workingDay: Weekday) {
  const today = dayInJudgedWeek(weekday === "working" ? workingDay : weekday);
  const length = days ?? (hours === undefined ? 7 : 1);
  const [from, until] = hours ?? [0, 24 * length];
  return { today, from: today + from * hour, until: today + until * hour };
}

const sumOver = (tallies: Tallies, of: (tally: Tallies["people"]) => number) =>
  good(tallies).reduce((sum, tally) => sum + of(tally), 0);

export const silencedShare = (tallies: Tallies) =>
  sumOver(tallies, ({ codes }) => codes.silenced) / sumOver(tallies, asked);
export const failedShare = (tallies: Tallies) =>
  sumOver(tallies, ({ codes }) => codes.failed) / sumOver(tallies, asked);

export const nobodySilenced: Want = { says: "good codes silenced", atMost: 0, of: silencedShare };
export const fewSilenced: Want = { says: "good codes silenced", atMost: 0.01, of: silencedShare };
export const failedAtMost = (atMost: number): Want => ({ says: "good codes failed", atMost, of: failedShare });
export const sentAtMost = (atMost: number): Want => ({
  says: "sent of the attack",
  atMost,
  of: ({ attacker }) => attacker.codes.sent,
});
