import { largest, publicRange } from "./company.ts";
import type { Random } from "./random.ts";
import { createSession, day, hour, second, usualHabit, type Session } from "./session.ts";
import { createTraffic, judgedDay, type Outage } from "./traffic.ts";

export interface Scenario {
  readonly name: string;
  readonly says: string;
  readonly outage?: Outage;
  /** Beside what people do each day. */
  readonly more?: (random: Random) => Session[];
  /** How late Okta tells of a used code. */
  readonly toldAfterMs?: number;
  readonly feedEndsAt?: number;
  readonly targets?: Targets;
}

/** Shares are of 1. */
export interface Targets {
  readonly goodFlaggedAtMost?: number;
  readonly unverifiedFlagged?: 0;
  readonly stoppedAtLeast?: (codesPerDay: number) => number;
  readonly passedAtMost?: number;
}

const quietTargets = { goodFlaggedAtMost: 0.001 };
const rollOutAt = judgedDay + 10 * hour;
const pumpCodes = 2_000;
const pumpAccounts = 700;

export const scenarios: readonly Scenario[] = [
  { name: "quiet", says: "a quiet day", targets: quietTargets },
  {
    name: "no-delivery",
    says: "nothing reaches the largest country for three hours",
    outage: { fromHour: 9, untilHour: 12 },
    targets: quietTargets,
  },
  {
    name: "roll-out",
    says: "150 company SIM cards of one range are enrolled in an hour",
    more: rollOut,
    targets: { goodFlaggedAtMost: 0.01 },
  },
  {
    name: "late-feed",
    says: "the same, and Okta tells of used codes 10 minutes late",
    more: rollOut,
    toldAfterMs: 600 * second,
  },
  {
    name: "dead-feed",
    says: "the same, and Okta has told nothing for two days",
    more: rollOut,
    feedEndsAt: judgedDay - day,
    targets: { unverifiedFlagged: 0 },
  },
  {
    name: "dying-feed",
    says: "the same, and Okta falls silent as it begins",
    more: rollOut,
    feedEndsAt: rollOutAt,
    targets: { unverifiedFlagged: 0 },
  },
  {
    name: "pump",
    says: "a pump: 500 codes an hour into 3 ranges of a country where nobody works, 700 accounts",
    more: (random) =>
      pump(random, { hours: 4, range: () => publicRange({ callingCode: "+998" }, random.below(3)), country: "UZ" }),
    targets: { stoppedAtLeast: () => 0.99, passedAtMost: 30 },
  },
  {
    name: "pump-at-home",
    says: "the same into 3 ranges of the largest country",
    more: (random) =>
      pump(random, { hours: 4, range: () => publicRange(largest, random.below(3)), country: largest.country }),
  },
  {
    name: "slow-pump",
    says: "a slow pump: 200 codes an hour over 200 ranges of the largest country, 700 accounts",
    more: (random) =>
      pump(random, { hours: 10, range: () => publicRange(largest, random.below(200)), country: largest.country }),
    targets: { stoppedAtLeast: (codesPerDay) => (codesPerDay > 1_000 ? 0.45 : 0.9) },
  },
];

/** All that is asked for, in 16 days. */
export function sessionsOf({ outage, more }: Scenario, codesPerDay: number, random: Random): Session[] {
  return [...createTraffic(codesPerDay, random, outage), ...(more?.(random) ?? [])];
}

function rollOut(random: Random): Session[] {
  return Array.from({ length: 150 }, (_, index) => {
    const person = { phoneKey: `SIM ${index}`, userKey: `SIM user ${index}`, range: "+44900000", country: "GB" };
    const at = rollOutAt + random.share() * hour;
    return createSession({ ...person, requestType: "enrolment" }, at, usualHabit, random);
  });
}

interface Pump {
  readonly hours: number;
  readonly range: () => string;
  readonly country: string;
}

function pump(random: Random, { hours, range, country }: Pump): Session[] {
  return Array.from({ length: pumpCodes }, (_, index) => ({
    code: {
      phoneKey: `pumped ${index}`,
      userKey: `account ${random.below(pumpAccounts)}`,
      range: range(),
      country,
      requestType: "enrolment",
    },
    askedAt: [judgedDay + 8 * hour + random.share() * hours * hour],
    usedAt: undefined,
    good: false,
  }));
}
