import type { CountryNumbers } from "../../../src/guard/guarded-code.ts";
import type { Company } from "./company.ts";
import type { Of, Tally } from "./tally.ts";
import { day, hour, minute, second, today } from "./time.ts";
import type { Outage } from "./traffic.ts";
import type { Feed, World } from "./world.ts";

export const sizes = [200, 1_000, 5_000] as const;
export type Size = (typeof sizes)[number];
/** Number of countries in which a company of that size has people. */
export const countriesOf: Readonly<Record<Size, number>> = { 200: 3, 1_000: 5, 5_000: 8 };

/**
 * `with`: Okta's own provider sends each code that is answered FAILED. `without`: the code is lost.
 */
export const providers = ["with", "without"] as const;
export type Provider = (typeof providers)[number];

/** A requirement: an upper limit for a measured value. */
export interface Want {
  readonly says: string;
  /** One limit, or a limit for each size of company. */
  readonly atMost: number | Readonly<Partial<Record<Size, number>>>;
  /** The limit is multiplied by the number of instances. */
  readonly byInstance?: boolean;
  readonly of: (tally: Tally, shown: Of | undefined) => number;
}

export interface Scenario {
  readonly name: string;
  /** The label of the scenario's row. Scenarios with the same label share a row. */
  readonly says: string;
  /** Number of judged days. Default: 1. */
  readonly days?: number;
  /** The judged hours, counted from the start of the first day. Default: all. */
  readonly hours?: readonly [from: number, until: number];
  /** Delay of Okta's events. Default: on time. */
  readonly feed?: FeedName;
  readonly sizes?: readonly Size[];
  /** Number of countries. Default: the number for a company of that size. */
  readonly countries?: number;
  /**
   * Source of the limits. By default, npm run guard:suggest derives them from two earlier weeks;
   * with `of half`, only from the codes of half of the people. `start`: the guard's starting
   * limits. `none`: no limits for countries.
   */
  readonly numbers?: "of half" | "start" | "none";
  /**
   * Countries whose limits the operator raises for a roll-out. Their people's ranges are exempt.
   */
  readonly raised?: readonly string[];
  readonly anonymous?: boolean;
  readonly outage?: Outage;
  readonly happens?: (stage: Stage) => void;
  /** Groups whose FAILED codes are shown. Default: all people. */
  readonly shows?: Of | ((company: Company) => Of);
  readonly wants?: readonly Want[];
}

export interface Stage {
  readonly world: World;
  readonly company: Company;
  readonly until: number;
  /** Value of GUARD_KNOWN_RANGES. */
  readonly knownRanges: readonly string[];
}

export const ofARollOut: CountryNumbers = { enrollments: { day: 20_000 }, calls: 5_000 };

/**
 * Delays of Okta's events. `dead`: they stop two days before the judged time. `off`: no event
 * secret.
 */
export const feeds = {
  "on time": () => 2 * second,
  "10 minutes late": () => 10 * minute,
  "two hours late": () => 2 * hour,
  off: () => undefined,
  dead: (usedAt) => (usedAt < today - 2 * day ? 2 * second : undefined),
  dies: (usedAt) => (usedAt < today + day + 10 * hour ? 2 * second : undefined),
} as const satisfies Record<string, Feed>;
export type FeedName = keyof typeof feeds;

/** Limits the share of FAILED codes. */
export function failed(atMost: Want["atMost"], of?: Of, says = "FAILED"): Want {
  return { says, atMost, of: (tally) => tally.sum(of).failedShare };
}

export function sent(atMost: Want["atMost"], byInstance = true): Want {
  return {
    says: "fraudulent codes sent",
    atMost,
    byInstance,
    of: (tally) => tally.sum({ groups: ["attacker"] }).codes.sent,
  };
}

/** No real person may get the answer SUCCESSFUL without a code. */
export const nobodySilenced: Want = {
  says: "people without a code after SUCCESSFUL",
  atMost: 0,
  of: (tally) => tally.sum().peopleSilenced,
};
