import type { CountryNumbers } from "../../../src/guard/guarded-code.ts";
import type { Company } from "./company.ts";
import type { Of, Tally } from "./tally.ts";
import { day, hour, minute, second, today } from "./time.ts";
import type { Outage } from "./traffic.ts";
import type { Feed, World } from "./world.ts";

export const sizes = [200, 1_000, 5_000] as const;
export type Size = (typeof sizes)[number];
/** How many countries a company of that size has people in. */
export const countriesOf: Readonly<Record<Size, number>> = { 200: 3, 1_000: 5, 5_000: 8 };

/** Okta's own provider sends each code that was answered FAILED, or there is none. */
export const providers = ["with", "without"] as const;
export type Provider = (typeof providers)[number];

export interface Want {
  readonly says: string;
  /** Codes a day of the company decide what is wanted of some. */
  readonly atMost: number | Readonly<Partial<Record<Size, number>>>;
  /** Twice as much is wanted of two instances. */
  readonly byInstance?: boolean;
  readonly of: (tally: Tally, shown: Of | undefined) => number;
}

export interface Scenario {
  readonly name: string;
  /** Those that say the same are one row. */
  readonly says: string;
  /** One, if it is not given. */
  readonly days?: number;
  /** Hours from the first day on, where not all of the time is judged. */
  readonly hours?: readonly [from: number, until: number];
  /** Okta's events: on time, if it is not given. */
  readonly feed?: FeedName;
  readonly sizes?: readonly Size[];
  /** As many as a company of that size has, if it is not given. */
  readonly countries?: number;
  /**
   * From which history of the company its numbers are suggested: two other weeks, if it is not
   * given. `start`: the guard's own numbers, for every country.
   */
  readonly numbers?: "of half" | "start" | "none";
  /**
   * Countries for which the operator gives the numbers of a roll-out, and exempts the known ranges.
   */
  readonly raised?: readonly string[];
  readonly anonymous?: boolean;
  readonly outage?: Outage;
  readonly happens?: (stage: Stage) => void;
  /** Whose FAILED codes are shown: those of all people, if it is not given. */
  readonly shows?: Of | ((company: Company) => Of);
  readonly wants?: readonly Want[];
}

export interface Stage {
  readonly world: World;
  readonly company: Company;
  readonly until: number;
  /** As the operator has set them. */
  readonly knownRanges: readonly string[];
}

export const ofARollOut: CountryNumbers = { enrollments: { day: 20_000 }, calls: 5_000 };

/** `dead`: since two days before what is judged. `off`: there is no event secret. */
export const feeds = {
  "on time": () => 2 * second,
  "10 minutes late": () => 10 * minute,
  "two hours late": () => 2 * hour,
  off: () => undefined,
  dead: (usedAt) => (usedAt < today - 2 * day ? 2 * second : undefined),
  dies: (usedAt) => (usedAt < today + day + 10 * hour ? 2 * second : undefined),
} as const satisfies Record<string, Feed>;
export type FeedName = keyof typeof feeds;

/** Of codes. */
export function failed(atMost: Want["atMost"], of?: Of, says = "FAILED"): Want {
  return { says, atMost, of: (tally) => tally.sum(of).failedShare };
}

export function sent(atMost: Want["atMost"], byInstance = true): Want {
  return {
    says: "sent of the attack",
    atMost,
    byInstance,
    of: (tally) => tally.sum({ groups: ["attacker"] }).codes.sent,
  };
}

/** Answered SUCCESSFUL, and not sent. */
export const nobodySilenced: Want = {
  says: "people silenced",
  atMost: 0,
  of: (tally) => tally.sum().peopleSilenced,
};
