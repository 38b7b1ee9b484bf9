import type { GroupNumbers } from "../../../src/guard/guarded-code.ts";
import type { Company } from "./company.ts";
import type { Tallies } from "./tally.ts";
import { day, minute, second, today } from "./time.ts";
import type { Outage } from "./traffic.ts";
import type { Feed, World } from "./world.ts";

export const sizes = [200, 1_000, 5_000] as const;
export type Size = (typeof sizes)[number];

/** Codes a day of the company decide what is wanted of some. */
export interface Want {
  readonly says: string;
  readonly atMost: number | Readonly<Partial<Record<Size, number>>>;
  /** Twice as much is wanted of two instances. */
  readonly byInstance?: boolean;
  readonly of: (tallies: Tallies) => number;
}

export interface Scenario {
  readonly name: string;
  /** Those that say the same are one row. */
  readonly says: string;
  /** One, if it is not given. */
  readonly days?: number;
  /** Hours of the first day, where not all of it is judged. */
  readonly hours?: readonly [from: number, until: number];
  /** Okta's events: prompt, if it is not given. */
  readonly feed?: FeedName;
  readonly sizes?: readonly Size[];
  /**
   * From which history of the company its numbers are suggested: two other weeks, if it is not
   * given.
   */
  readonly numbers?: "of half" | "none";
  /**
   * Countries for which the operator gives the numbers of a roll-out, and exempts the known ranges.
   */
  readonly raised?: readonly string[];
  readonly anonymous?: boolean;
  readonly outage?: Outage;
  readonly happens?: (stage: Stage) => void;
  readonly wants?: readonly Want[];
}

export interface Stage {
  readonly world: World;
  readonly company: Company;
  readonly until: number;
}

export const ofARollOut: GroupNumbers = { hour: 5_000, day: 20_000, all: 60_000 };

/** A dead one ended two days before what is judged. Off: there is no event secret. */
export const feeds = {
  prompt: () => 2 * second,
  late: () => 10 * minute,
  off: () => undefined,
  dead: (usedAt) => (usedAt < today - 2 * day ? 2 * second : undefined),
} as const satisfies Record<string, Feed>;
export type FeedName = keyof typeof feeds;
