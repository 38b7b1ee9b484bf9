import type { GuardReason } from "../../../src/delivery/outcome.ts";

/**
 * `failed`: Okta may send the code by its own provider. `silenced`: Okta was answered SUCCESSFUL,
 * and nobody sends it.
 */
export type Fate = "sent" | "failed" | "silenced";

/** Real people: at a sign-in, at a recovery, as new ones, in a roll-out, one who is attacked. */
export const people = ["people", "recoveries", "newcomers", "roll-out", "victim"] as const;
/** Codes that an attacker is after, and those that he spends on numbers of his own. */
export const groups = [...people, "attacker", "bait"] as const;
export type Group = (typeof groups)[number];

export interface Tally {
  readonly codes: Record<Fate, number>;
  /** Codes of each person. */
  readonly persons: Map<string, Record<Fate, number>>;
  readonly reasons: Map<GuardReason, number>;
  /** People who asked four times and have no code, because of a refusal. */
  readonly withNothing: Set<string>;
}
export type Tallies = Readonly<Record<Group, Tally>>;

const noCodes = (): Record<Fate, number> => ({ sent: 0, failed: 0, silenced: 0 });

export function createTallies(): Tallies {
  const create = (): Tally => ({
    codes: noCodes(),
    persons: new Map(),
    reasons: new Map(),
    withNothing: new Set(),
  });
  return Object.fromEntries(groups.map((group) => [group, create()])) as Record<Group, Tally>;
}

export function count(
  tally: Tally,
  fate: Fate,
  person: string,
  reason: GuardReason | undefined,
): void {
  const ofPerson = tally.persons.get(person) ?? noCodes();
  tally.persons.set(person, ofPerson);
  ofPerson[fate] += 1;
  tally.codes[fate] += 1;
  if (reason !== undefined) tally.reasons.set(reason, (tally.reasons.get(reason) ?? 0) + 1);
}

export const asked = ({ sent, failed, silenced }: Record<Fate, number>): number =>
  sent + failed + silenced;

/** Of real people, or of some of them. */
export function real(tallies: Tallies, of: readonly Group[] = people) {
  const some = of.map((group) => tallies[group]);
  const sum = (value: (tally: Tally) => number) =>
    some.reduce((total, tally) => total + value(tally), 0);
  const codes = sum((tally) => asked(tally.codes));
  const persons = (is: (codes: Record<Fate, number>) => boolean) =>
    sum((tally) => [...tally.persons.values()].filter(is).length);
  const share = (part: number) => (part === 0 ? 0 : part / codes);
  return {
    codes,
    failed: share(sum((tally) => tally.codes.failed)),
    silenced: share(sum((tally) => tally.codes.silenced)),
    people: persons(() => true),
    peopleFailed: persons(({ failed }) => failed > 0),
    peopleSilenced: persons(({ silenced }) => silenced > 0),
    onlySilenced: persons(({ sent, failed }) => sent + failed === 0),
    withNothing: sum((tally) => tally.withNothing.size),
  };
}
