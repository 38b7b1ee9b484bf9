/** When an instance received an outcome, and how long after Okta had published it. In milliseconds. */
export type Outcome = readonly [receivedAt: number, lagMs: number];
/** A person who was sent a sign-in code, and when. */
export type Asked = readonly [person: string, at: number];

/**
 * Whether Okta's events can be believed. It is asked of time, not of shares: who has codes sent and uses none of them must not be able
 * to make events look dead. Only sign-in codes prove anything; all others can be requested by strangers.
 */
export interface Evidence {
  askedFor(person: string, now: number): void;
  /** 8x8 did not take the code. */
  takeBack(person: string, askedAt: number): void;
  used(publishedAt: number, now: number): void;
  /** Puts what another instance reports in the place of what it reported before. */
  merge(instance: string, outcomes: readonly Outcome[], asked: readonly Asked[]): void;
  believed(now: number): boolean;
  /** This instance's own, for the exchange: the newest of each. */
  own(): { readonly outcomes: readonly Outcome[]; readonly asked: readonly Asked[] };
}

const outcomesNeeded = 20;
const outcomesForMs = 7 * 86_400_000;
const lagLimitMs = 90_000;
const silentPeople = 20;
/** More than are needed, since an outcome that another instance received later may leave out the first of them. */
const askedLimit = 1_000;

export function createEvidence(): Evidence {
  const others = new Map<string, readonly Outcome[]>();
  let ownOutcomes: readonly Outcome[] = [];
  let ownAsked: readonly Asked[] = [];
  /** The newest of all instances. */
  let outcomes: readonly Outcome[] = [];
  let medianLagMs = 0;
  /** Since the last outcome, by person: one who asks every hour is no silence. */
  const asked = new Map<string, number>();

  function judgeOutcomes(): void {
    outcomes = newest([...ownOutcomes, ...[...others.values()].flat()]);
    // What is not among the newest now will never be.
    for (const [instance, theirs] of others) if (!theirs.some((one) => outcomes.includes(one))) others.delete(instance);
    const lags = outcomes.map(([, lagMs]) => lagMs).sort((one, other) => one - other);
    medianLagMs = lags[Math.floor(lags.length / 2)] ?? 0;
    const [lastAt] = outcomes.at(-1) ?? [0];
    for (const [person, at] of asked) if (at <= lastAt) asked.delete(person);
  }

  function ask(person: string, at: number): boolean {
    const isNew = !asked.has(person) && asked.size < askedLimit && at > (outcomes.at(-1)?.[0] ?? 0);
    if (isNew) asked.set(person, at);
    return isNew;
  }

  return {
    askedFor(person, now) {
      if (ask(person, now)) ownAsked = [...ownAsked, [person, now] as const].slice(-silentPeople);
    },
    takeBack(person, askedAt) {
      if (asked.get(person) === askedAt) asked.delete(person);
      ownAsked = ownAsked.filter((one) => one[0] !== person || one[1] !== askedAt);
    },
    used(publishedAt, now) {
      ownOutcomes = newest([...ownOutcomes, [now, Math.max(0, now - publishedAt)]]);
      judgeOutcomes();
    },
    merge(instance, theirs, theirAsked) {
      others.set(instance, newest(theirs));
      judgeOutcomes();
      for (const [person, at] of theirAsked) ask(person, at);
    },
    believed(now) {
      const [oldestAt] = outcomes[0] ?? [0];
      if (outcomes.length < outcomesNeeded || oldestAt < now - outcomesForMs) return false;
      return medianLagMs <= lagLimitMs && asked.size < silentPeople;
    },
    own: () => ({ outcomes: ownOutcomes, asked: ownAsked }),
  };
}

function newest(outcomes: readonly Outcome[]): readonly Outcome[] {
  return outcomes.toSorted(([one], [other]) => one - other).slice(-outcomesNeeded);
}
