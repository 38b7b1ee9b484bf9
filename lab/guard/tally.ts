import type { GuardReason } from "../../src/delivery/outcome.ts";

/** `failed`: Okta sends the code by its own provider. `silenced`: Okta was answered SUCCESSFUL, and nobody sends it. */
export type Fate = "sent" | "failed" | "silenced";

/** Who asks: people at their work, people who enroll, people of a roll-out, one person under attack, strangers, and who pumps. */
export const groups = ["people", "newcomers", "roll-out", "victim", "stranger", "attacker"] as const;
export type Group = (typeof groups)[number];

export interface Tally {
  readonly codes: Record<Fate, number>;
  readonly persons: Readonly<Record<Fate, Set<string>>>;
  readonly reasons: Map<GuardReason, number>;
  /** By UTC day. */
  readonly days: Map<number, Record<Fate, number>>;
}

export type Tallies = Readonly<Record<Group, Tally>>;

export function createTallies(): Tallies {
  const create = (): Tally => ({
    codes: { sent: 0, failed: 0, silenced: 0 },
    persons: { sent: new Set(), failed: new Set(), silenced: new Set() },
    reasons: new Map(),
    days: new Map(),
  });
  return {
    people: create(),
    newcomers: create(),
    "roll-out": create(),
    victim: create(),
    stranger: create(),
    attacker: create(),
  };
}

export function count(tally: Tally, fate: Fate, person: string, reason: GuardReason | undefined, at: number): void {
  tally.codes[fate] += 1;
  tally.persons[fate].add(person);
  if (reason !== undefined) tally.reasons.set(reason, (tally.reasons.get(reason) ?? 0) + 1);
  const day = Math.floor(at / 86_400_000);
  const ofDay = tally.days.get(day) ?? { sent: 0, failed: 0, silenced: 0 };
  ofDay[fate] += 1;
  tally.days.set(day, ofDay);
}

export function asked({ codes }: Tally): number {
  return codes.sent + codes.failed + codes.silenced;
}

/** Of all who are real people. */
export function good(tallies: Tallies): readonly Tally[] {
  return groups.filter((group) => group !== "attacker" && group !== "stranger").map((group) => tallies[group]);
}
