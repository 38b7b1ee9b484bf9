import { elsewhere, fewSilenced, flood, inRanges } from "./attacks.ts";
import { largest, publicRange, type Person } from "./company.ts";
import type { Scenario, Stage, Want } from "./scenario.ts";
import { real } from "./tally.ts";
import { day, hour, minute, today } from "./time.ts";
import { signIn } from "./traffic.ts";

// What happens at a company beside its usual traffic, to people who are real.

/**
 * A front desk whose account has 15 sign-ins a day, and once 30; and a phone on which ten people
 * have an account each.
 */
function sharedPhones({ world, company, until }: Stage): void {
  const { random } = world;
  const desk = company.hire(largest);
  const atDesk = (person: Person): Person => ({
    ...person,
    phoneKey: desk.phoneKey,
    range: desk.range,
  });
  const colleagues = Array.from({ length: 10 }, () => atDesk(company.hire(largest)));
  for (let at = today; at < until; at += day) {
    const visits = [
      ...Array<Person>(at === today ? 30 : 15).fill(desk),
      ...colleagues,
      ...colleagues,
    ];
    for (const person of visits)
      signIn(
        world,
        { person, kind: "sign-in", group: "people" },
        at + (7 + 12 * random.share()) * hour,
      );
  }
  // A new shift enrolls the phone within an hour.
  for (let index = 0; index < 10; index++)
    signIn(
      world,
      { person: atDesk(company.hire(largest)), kind: "enrollment", group: "newcomers" },
      today + (8 + random.share()) * hour,
    );
}

/** New people, evenly over the hours. */
function enroll(people: number, fromHour: number, hours: number, where: Partial<Person> = {}) {
  return ({ world, company }: Stage): void => {
    for (let index = 0; index < people; index++)
      signIn(
        world,
        { person: { ...company.hire(largest), ...where }, kind: "enrollment", group: "roll-out" },
        today + (fromHour + world.random.share() * hours) * hour,
      );
  };
}

/** Half of them within the first of eight hours. */
function morning(stage: Stage): void {
  enroll(1_500, 8, 1)(stage);
  enroll(1_500, 9, 7)(stage);
}

/** Strangers do all they can to one person, who works on. */
function victim({ world, company, until }: Stage): void {
  const { random } = world;
  const person = company.hire(largest);
  const strangers = (kind: "enrollment" | "recovery", everyMs: number) => {
    for (let at = today; at < until; at += everyMs)
      world.add(at, (now) => {
        // An enrollment is of an account of theirs, with the person's number.
        const asked =
          kind === "enrollment" ? { ...person, userKey: `stranger ${random.below(50)}` } : person;
        world.request({ person: asked, kind, group: "attacker" }, now);
      });
  };
  strangers("enrollment", 5 * minute);
  strangers("recovery", 4 * minute);
  for (let at = today; at < until; at += day) {
    for (const kind of ["sign-in", "sign-in", "sign-in", "sign-in", "sign-in", "recovery"] as const)
      signIn(world, { person, kind, group: "victim" }, at + (8 + 10 * random.share()) * hour);
    // A new phone of the same person, whose number strangers do not know.
    const newPhone = { ...person, phoneKey: `new phone ${at}` };
    signIn(world, { person: newPhone, kind: "enrollment", group: "victim" }, at + 12 * hour);
  }
}

/** Somebody who knows so many user names resets their passwords, one each minute or so. */
function resets(
  names: number,
  { everyMs, hours }: { readonly everyMs: number; readonly hours: number },
) {
  return ({ world, company }: Stage): void => {
    const known = Array.from({ length: names }, () => company.anyone());
    for (let at = today + 9 * hour, nth = 0; at < today + (9 + hours) * hour; at += everyMs, nth++)
      world.add(at, (now) => {
        const person = known[nth % names];
        if (person !== undefined)
          world.request({ person, kind: "recovery", group: "attacker" }, now);
      });
  };
}

/** One enrollment each ten minutes, by turns of the accounts; none is completed. */
function cheapAndSteady(accounts: number, intoKnown = false) {
  return ({ world, company, until }: Stage): void => {
    for (let at = today, nth = 0; at < until; at += 10 * minute, nth++)
      world.add(at, (now) => {
        const userKey = `account ${nth % accounts}`;
        const range = intoKnown ? company.rangeOfIts() : publicRange(nth % 3);
        const person = { userKey, phoneKey: `number ${nth}`, country: largest.country, range };
        world.request({ person, kind: "enrollment", group: "attacker" }, now);
      });
  };
}

/** Whatever it can ask for, each minute. */
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

/** 60 messages a day into small countries, and twenty new people of others. */
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

const failed = (atMost: number, of?: Parameters<typeof real>[1], says = "FAILED"): Want => ({
  says,
  atMost,
  of: (tallies) => real(tallies, of).failed,
});
const fewFailed = [failed(0.001)];
const outage = { from: today + 9 * hour, until: today + 12 * hour };
const newCountry = { country: "FR", range: "+33600000" };

const usualWeek = { says: "usual weeks", days: 7, wants: fewFailed } as const;
const afterOutage: Pick<Scenario, "says" | "hours" | "wants"> = {
  says: "after an outage of three hours",
  wants: [failed(0.02)],
  hours: [12, 15],
};
const simCards = { happens: enroll(150, 10, 1, { range: "+44900000" }) };
const evenly = { happens: enroll(3_000, 8, 8) };
const merger = {
  says: "merger: 3,000 people in eight hours",
  ...evenly,
  wants: [failed(0.03), failed(0.04, ["newcomers", "roll-out"], "newcomers FAILED")],
};
const abroad = { feed: "late", happens: enroll(3_000, 8, 8, newCountry) } as const;
const rollOut: Pick<Scenario, "sizes" | "happens"> = {
  sizes: [5_000],
  happens: enroll(20_000, 8, 8),
};
const withNumbers = { says: "all these with raised numbers", raised: [largest.country] };
const oneAlone = { says: "one account, all it can", wants: [failed(0)] };
const seven = { says: "seven accounts enroll by turns", days: 5, wants: fewSilenced };

const each: readonly Scenario[] = [
  { name: "usual", ...usualWeek },
  { name: "usual-late", ...usualWeek, feed: "late" },
  { name: "usual-dead", ...usualWeek, feed: "dead" },
  { name: "usual-off", ...usualWeek, feed: "off" },
  { name: "usual-half", ...usualWeek, numbers: "of half" },
  { name: "usual-none", ...usualWeek, numbers: "none" },
  { name: "usual-anonymous", ...usualWeek, anonymous: true },
  { ...usualWeek, name: "shared-phones", says: "shared phones", happens: sharedPhones },
  { name: "outage", ...afterOutage, outage: { ...outage, country: largest.country } },
  { name: "outage-everywhere", ...afterOutage, outage },
  { name: "sim-cards", says: "150 SIM cards in an hour", ...simCards },
  { name: "sim-cards-late", says: "the same, events late", ...simCards, feed: "late" },
  { name: "merger", ...merger },
  { name: "merger-late", ...merger, feed: "late" },
  { name: "merger-morning", says: "half in the first hour", happens: morning },
  { name: "merger-dead", says: "events dead", ...evenly, feed: "dead" },
  { name: "merger-abroad", says: "in a country without numbers", ...abroad },
  { name: "roll-out", says: "roll-out: 20,000 people", ...rollOut },
  { name: "sim-cards-raised", ...withNumbers, ...simCards, feed: "late" },
  { name: "merger-raised", ...withNumbers, happens: morning, feed: "dead" },
  { name: "merger-abroad-raised", ...withNumbers, ...abroad, raised: [newCountry.country] },
  { name: "roll-out-raised", ...withNumbers, ...rollOut },
  { name: "victim", says: "strangers use one person's number and name", days: 7, happens: victim },
  {
    name: "resets",
    says: "2,000 resets in an hour",
    wants: [failed(0.02)],
    happens: resets(2_000, { everyMs: 1_800, hours: 1 }),
  },
  {
    name: "resets-twelve",
    says: "twelve names, one reset a minute",
    days: 3,
    happens: resets(12, { everyMs: minute, hours: 63 }),
    wants: [failed(0.05, ["recoveries"], "recoveries FAILED")],
  },
  { name: "one-account", ...oneAlone, days: 3, happens: oneAccount },
  { name: "one-account-enrolls", ...oneAlone, days: 5, happens: cheapAndSteady(1) },
  { name: "seven-accounts", ...seven, happens: cheapAndSteady(7) },
  { name: "seven-accounts-known", ...seven, happens: cheapAndSteady(7, true) },
  {
    name: "small-countries",
    says: "20 newcomers beside attacks on small countries",
    happens: smallCountries,
    wants: fewSilenced,
  },
];

const nobodySilenced: Want = {
  says: "silenced",
  atMost: 0,
  of: (tallies) => real(tallies).silenced,
};
export const harm = each.map((one): Scenario =>
  one.wants === fewSilenced ? one : { ...one, wants: [nobodySilenced, ...(one.wants ?? [])] },
);
