import { largest, publicRange, type Company } from "../company.ts";
import { elsewhere, flood, inRanges } from "../flood.ts";
import { failed, nobodySilenced, type Scenario, type Stage, type Want } from "../scenario.ts";
import type { Of } from "../tally.ts";
import { day, hour, minute, today } from "../time.ts";
import { signIn } from "../traffic.ts";

// Attacks that harm people and earn no money.

/** Attackers request codes for one person, who keeps working. */
function victim({ world, company, until }: Stage): void {
  const { random } = world;
  const person = company.hire(largest);
  const attack = (kind: "enrollment" | "recovery", everyMs: number) => {
    for (let at = today; at < until; at += everyMs)
      world.add(at, (now) => {
        // The attackers enroll the person's number for their own accounts.
        const asked =
          kind === "enrollment" ? { ...person, userKey: `attacker ${random.below(50)}` } : person;
        world.request({ person: asked, kind, group: "attacker" }, now);
      });
  };
  attack("enrollment", 5 * minute);
  attack("recovery", 4 * minute);
  for (let at = today; at < until; at += day) {
    for (const kind of ["sign-in", "sign-in", "sign-in", "sign-in", "sign-in", "recovery"] as const)
      signIn(world, { person, kind, group: "victim" }, at + (8 + 10 * random.share()) * hour);
    // The attackers do not know the number of the person's new phone.
    const newPhone = { ...person, phoneKey: `new phone ${at}` };
    signIn(world, { person: newPhone, kind: "enrollment", group: "victim" }, at + 12 * hour);
  }
}

/** Each account requests ten sign-in codes an hour in the smallest country, and uses none. */
function signInsOf(accounts: number) {
  return ({ world, company, until }: Stage): void => {
    const { country } = company.smallest;
    for (let at = today, nth = 0; at < until; at += (6 * minute) / accounts, nth++) {
      const userKey = `account ${nth % accounts}`;
      const range = publicRange(nth % accounts, company.smallest);
      const person = { userKey, phoneKey: `phone of ${userKey}`, country, range };
      world.add(at, (now) => {
        world.request({ person, kind: "sign-in", group: "attacker", call: false }, now);
      });
    }
  };
}

/** The accounts enroll by turns, and complete no enrollment. */
function enrollmentsOf(accounts: number, everyMs: number, intoKnown = false) {
  return ({ world, until, knownRanges }: Stage): void => {
    const ownRanges = knownRanges.filter((range) => range.startsWith(largest.callingCode));
    for (let at = today, nth = 0; at < until; at += everyMs, nth++)
      world.add(at, (now) => {
        const userKey = `account ${nth % accounts}`;
        const range =
          (intoKnown ? ownRanges[nth % ownRanges.length] : undefined) ?? publicRange(nth % 3);
        const person = { userKey, phoneKey: `number ${nth}`, country: largest.country, range };
        world.request({ person, kind: "enrollment", group: "attacker" }, now);
      });
  };
}

/** One account requests every kind of code each minute. */
function oneAccount(stage: Stage): void {
  const { world, until } = stage;
  const kinds = ["enrollment", "sign-in", "recovery", "unknown"] as const;
  for (let at = today, nth = 0; at < until; at += minute, nth++)
    world.add(at, (now) => {
      const person = { userKey: "account", phoneKey: `number ${nth}`, ...inRanges(50)(stage) };
      for (const kind of kinds)
        world.request({ person, kind, group: "attacker", call: nth % 2 === 0 }, now);
    });
}

/** 60 fraudulent codes go to small countries, while 20 newcomers enroll in other countries. */
function smallCountries(stage: Stage): void {
  const { world, company } = stage;
  flood({ codes: 60, accounts: 60, hours: 12, where: elsewhere(3) })(stage);
  for (let index = 0; index < 20; index++) {
    const person = { ...company.hire(), country: `Y${index % 10}`, range: `+8${index}0000` };
    signIn(
      world,
      { person, kind: "enrollment", group: "newcomers" },
      today + (9 + 8 * world.random.share()) * hour,
    );
  }
}

/** Newcomers in the attacked country. */
const newcomers: Of = { groups: ["newcomers"], country: largest.country };
const signInsInSmallest = (company: Company): Of => ({
  groups: ["sign-ins"],
  country: company.smallest.country,
});

const shownFailed: Want = {
  says: "sign-ins FAILED in the small country",
  atMost: 0.1,
  of: (tally, shown) => tally.sum(shown).failedShare,
};
const fewAccounts = (accounts: number): Scenario => ({
  name: `accounts-${accounts}`,
  says: `sign-ins of a small country, ${accounts} accounts attack`,
  days: 3,
  shows: signInsInSmallest,
  happens: signInsOf(accounts),
  // More than 30 accounts make Okta's events look dead.
  wants: accounts > 30 ? [] : [shownFailed],
});
const newcomersAgainst = (accounts: number, atMost: number): Scenario => ({
  name: `newcomers-${accounts}`,
  says: `newcomers, ${accounts} accounts enroll by turns`,
  days: 5,
  shows: newcomers,
  happens: enrollmentsOf(accounts, minute),
  wants: [failed(atMost, newcomers, "newcomers FAILED")],
});
const newcomersFailed: Want = failed(0.5, newcomers, "newcomers FAILED");

const each: readonly Scenario[] = [
  ...[4, 12, 24, 55].map(fewAccounts),
  newcomersAgainst(1, 0),
  newcomersAgainst(5, 0.5),
  newcomersAgainst(7, 0.5),
  {
    ...newcomersAgainst(5, 0.5),
    name: "newcomers-5-slow",
    happens: enrollmentsOf(5, 10 * minute),
  },
  {
    ...newcomersAgainst(7, 0.5),
    name: "newcomers-7-known",
    happens: enrollmentsOf(7, minute, true),
    wants: [newcomersFailed],
  },
  {
    name: "one-account",
    says: "one account requests all kinds of codes",
    days: 3,
    happens: oneAccount,
    wants: [failed(0)],
  },
  { name: "victim", says: "attackers use one person's number and name", days: 7, happens: victim },
  {
    name: "small-countries",
    says: "20 newcomers during attacks on small countries",
    happens: smallCountries,
  },
];
export const attacksOnPeople = each.map((one): Scenario => ({
  ...one,
  wants: [...(one.wants ?? []), nobodySilenced],
}));
