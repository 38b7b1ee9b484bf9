import type { CodeKind } from "../../../src/delivery/otp-delivery.ts";
import { largest, publicRange, type Person } from "./company.ts";
import type { Scenario, Stage, Want } from "./scenario.ts";
import { real } from "./tally.ts";
import { day, hour, minute, second, today } from "./time.ts";

// Codes that are sent for the money which each message earns.

interface Flood {
  readonly codes: number;
  readonly fromHour?: number;
  readonly hours?: number;
  readonly days?: number;
  readonly kind?: CodeKind;
  readonly accounts?: number;
  readonly where: (stage: Stage) => Pick<Person, "range" | "country">;
  /** Numbers that are enrolled; each is a new one, if it is not given. */
  readonly numbers?: number;
  readonly call?: boolean;
  /** The code is typed in, or an event is forged with a stolen event secret. */
  readonly typesIn?: boolean;
  /** The numbers are the attacker's own, which earn nothing. */
  readonly bait?: boolean;
}

/** So many codes each day, at any time of its hours, by any of the accounts. */
export function flood(given: Flood): (stage: Stage) => void {
  const {
    codes,
    fromHour = 0,
    hours = 24,
    days = 1,
    kind = "enrollment",
    accounts = 700,
    where,
  } = given;
  return (stage) => {
    const { world } = stage;
    const { random } = world;
    for (let index = 0; index < codes * days; index++) {
      const at = today + (index % days) * day + (fromHour + random.share() * hours) * hour;
      world.add(at, (now) => {
        const userKey = `account ${random.below(accounts)}`;
        const phoneKey =
          kind === "enrollment"
            ? `${given.bait ? "bait" : "abused"} ${index % (given.numbers ?? Infinity)}`
            : `${userKey} phone`;
        const person = { phoneKey, userKey, ...where(stage) };
        const { arrives, use } = world.request(
          { person, kind, call: given.call ?? false, group: given.bait ? "bait" : "attacker" },
          now,
        );
        if (given.typesIn && arrives) world.add(now + 10 * second, use);
      });
    }
  };
}

export const inRanges =
  (count: number): Flood["where"] =>
  ({ world }) => ({ country: largest.country, range: publicRange(world.random.below(count)) });
const inKnownRanges: Flood["where"] = ({ company }) => ({
  country: largest.country,
  range: company.rangeOfIts(),
});
/** Countries in which nobody works. */
export const elsewhere =
  (countries: number): Flood["where"] =>
  ({ world }) => {
    const index = world.random.below(countries);
    return { country: `X${index}`, range: `+9${100 + index}7000` };
  };

/** Each account begins with its own number, asks for one that pays, and finishes with its own. */
function mixedEnrollments({ world }: Stage): void {
  for (let account = 0; account < 350; account++) {
    const enroll = (phoneKey: string, range: string, at: number, typesIn: boolean) => {
      world.add(at, (now) => {
        const person = { phoneKey, userKey: `account ${account}`, country: largest.country, range };
        const { arrives, use } = world.request(
          { person, kind: "enrollment", group: typesIn ? "bait" : "attacker" },
          now,
        );
        if (typesIn && arrives) world.add(now + 80 * second, use);
      });
    };
    const at = today + 9 * hour + (account / 350) * 8 * hour;
    enroll(`own ${account}`, publicRange(1_000 + account), at, true);
    enroll(`paying ${account}`, publicRange(0), at + 40 * second, false);
  }
}

/** Fifty numbers are enrolled and finished all day, so that a thousand others need not be. */
function paidForByFifty(stage: Stage): void {
  flood({ codes: 1_000, fromHour: 9, hours: 8, where: inRanges(3) })(stage);
  flood({
    codes: 1_000,
    fromHour: 9,
    hours: 8,
    numbers: 50,
    accounts: 50,
    typesIn: true,
    bait: true,
    where: inRanges(200),
  })(stage);
}

function restarts(stage: Stage): void {
  for (let at = today + 10 * hour; at < today + 12.5 * hour; at += 30 * minute)
    stage.world.add(at, stage.world.restart);
  flood({ codes: 1_500, fromHour: 10, hours: 2.5, where: inRanges(3) })(stage);
}

const sent = (atMost: Want["atMost"]): Want => ({
  says: "sent of the attack",
  atMost,
  byInstance: true,
  of: ({ attacker }) => attacker.codes.sent,
});
/** One person, or a share. */
const oneOr = (
  atMost: number,
  says: string,
  people: (newcomers: ReturnType<typeof real>) => number,
): Want => ({
  says,
  atMost,
  of: (tallies) => {
    const newcomers = real(tallies, ["newcomers"]);
    return people(newcomers) <= 1 ? 0 : people(newcomers) / newcomers.people;
  },
});
export const fewSilenced = [
  oneOr(0.01, "newcomers silenced", ({ peopleSilenced }) => peopleSilenced),
  {
    says: "people whose every code was silenced",
    atMost: 0,
    of: (tallies) => real(tallies).onlySilenced,
  },
] as const satisfies readonly Want[];
const fewFailed = oneOr(0.2, "newcomers FAILED", ({ peopleFailed }) => peopleFailed);

const signIns = { codes: 10_000, kind: "sign-in", accounts: 500, where: inRanges(50) } as const;
const pumping = { codes: 2_000, fromHour: 10, hours: 4 } as const;

const each: readonly Scenario[] = [
  {
    name: "sms-pumping",
    says: "500 an hour, three ranges",
    happens: flood({ ...pumping, where: inRanges(3) }),
    wants: [sent({ 200: 90, 1_000: 90, 5_000: 140 }), fewFailed],
  },
  {
    name: "sms-pumping-dead",
    says: "events dead",
    feed: "dead",
    happens: flood({ ...pumping, where: inRanges(3) }),
  },
  {
    name: "sms-pumping-known",
    says: "known ranges",
    happens: flood({ ...pumping, where: inKnownRanges }),
    wants: [sent(250), fewFailed],
  },
  {
    name: "sms-pumping-anonymous",
    says: "Okta names no user",
    anonymous: true,
    happens: flood({ ...pumping, where: inRanges(3) }),
  },
  {
    name: "sms-pumping-slow",
    says: "200 an hour, 200 ranges",
    happens: flood({ codes: 2_000, fromHour: 8, hours: 10, where: inRanges(200) }),
    wants: [fewFailed],
  },
  {
    name: "sms-pumping-restarts",
    says: "600 an hour, five restarts",
    happens: restarts,
  },
  {
    name: "typed-in",
    says: "60 accounts, typed in",
    happens: flood({ codes: 10_000, accounts: 60, typesIn: true, where: inRanges(50) }),
    wants: [sent(210)],
  },
  {
    name: "forged",
    says: "700 accounts, forged events",
    happens: flood({ codes: 10_000, typesIn: true, where: inRanges(50) }),
  },
  {
    name: "mixed",
    says: "350 accounts begin two, finish one",
    happens: mixedEnrollments,
  },
  {
    name: "fifty",
    says: "50 SIM cards pay for 1,000",
    happens: paidForByFifty,
  },
  {
    name: "unplanned",
    says: "60 countries where nobody works",
    happens: flood({ codes: 10_000, where: elsewhere(60) }),
    wants: [sent(60)],
  },
  {
    name: "sign-ins",
    says: "500 stolen accounts, three days",
    days: 3,
    happens: flood({ ...signIns, days: 3 }),
    wants: [sent({ 1_000: 4_000 })],
  },
  {
    name: "sign-ins-dead",
    says: "the same, events dead",
    feed: "dead",
    days: 3,
    happens: flood({ ...signIns, days: 3 }),
  },
  {
    name: "sign-ins-typed",
    says: "the same, typed in",
    days: 3,
    happens: flood({ ...signIns, days: 3, typesIn: true }),
  },
  {
    name: "sign-ins-calls",
    says: "by call, one day",
    happens: flood({ ...signIns, call: true }),
  },
  {
    name: "unknown",
    says: "unknown request types",
    happens: flood({ ...signIns, kind: "unknown", accounts: 700 }),
    wants: [sent({ 1_000: 1_300 })],
  },
  {
    name: "blind",
    says: "two weeks without events, sign-ins",
    feed: "off",
    days: 14,
    happens: flood({ ...signIns, days: 14 }),
    wants: [sent({ 1_000: 9_000 })],
  },
  {
    name: "blind-enrollments",
    says: "two weeks without events, enrollments",
    feed: "off",
    days: 14,
    happens: flood({ ...signIns, kind: "enrollment", days: 14 }),
  },
];
export const attacks = each.map((attack): Scenario => ({
  ...attack,
  wants: [...(attack.wants ?? []), ...fewSilenced],
}));
