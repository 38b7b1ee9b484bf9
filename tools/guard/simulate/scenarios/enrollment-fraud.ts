import { largest, publicRange } from "../company.ts";
import { elsewhere, flood, inKnownRanges, inRanges, unplaced } from "../flood.ts";
import { nobodySilenced, sent, type Scenario, type Stage } from "../scenario.ts";
import { hour, minute, second, today } from "../time.ts";

// Enrollments by attackers who earn money with each message.

/** Each account starts two enrollments, and finishes only the one of its own number. */
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

/** An attacker completes enrollments of 50 own numbers, to hide 1,000 unfinished enrollments. */
function paidForByFifty(stage: Stage): void {
  const inWork = { codes: 1_000, fromHour: 9, hours: 8 };
  flood({ ...inWork, where: inRanges(3) })(stage);
  const own = { numbers: 50, accounts: 50, typesIn: true, bait: true };
  flood({ ...inWork, ...own, where: inRanges(200) })(stage);
}

function restarts(stage: Stage): void {
  for (let at = today + 10 * hour; at < today + 12.5 * hour; at += 30 * minute)
    stage.world.add(at, stage.world.restart);
  flood({ codes: 1_500, fromHour: 10, hours: 2.5, where: inRanges(3) })(stage);
}

const pump = { codes: 2_000, fromHour: 10, hours: 4 } as const;
const overRanges = { codes: 10_000, fromHour: 8, hours: 8, accounts: 5_000 } as const;

const each: readonly Scenario[] = [
  {
    name: "pump",
    says: "500 enrollments an hour, three ranges",
    happens: flood({ ...pump, where: inRanges(3) }),
    wants: [sent(120, false)],
  },
  {
    name: "pump-start",
    says: "500 enrollments an hour, starting limits",
    numbers: "start",
    happens: flood({ ...pump, where: inRanges(3) }),
    wants: [sent(120, false)],
  },
  {
    name: "pump-dead",
    says: "500 enrollments an hour, Okta's events dead",
    feed: "dead",
    happens: flood({ ...pump, where: inRanges(3) }),
    wants: [sent(120, false)],
  },
  {
    name: "pump-anonymous",
    says: "500 enrollments an hour, Okta names no user",
    anonymous: true,
    happens: flood({ ...pump, where: inRanges(3) }),
  },
  {
    name: "pump-wide",
    says: "10,000 enrollments in 500 ranges",
    happens: flood({ ...overRanges, where: inRanges(500) }),
  },
  {
    name: "pump-known",
    says: "20,000 enrollments in your people's ranges",
    happens: flood({ codes: 20_000, accounts: 5_000, where: inKnownRanges }),
    wants: [sent(150, false)],
  },
  { name: "pump-restarts", says: "600 enrollments an hour, five restarts", happens: restarts },
  {
    name: "unplaced",
    says: "1,000 enrollments in unknown countries",
    happens: flood({ codes: 1_000, where: unplaced("+44", "+1", "+7", "+39") }),
    wants: [sent(60)],
  },
  {
    name: "unplaced-one",
    says: "1,000 enrollments, one calling code, country unknown",
    happens: flood({ codes: 1_000, where: unplaced(largest.callingCode) }),
    wants: [sent(60)],
  },
  {
    name: "foreign",
    says: "10,000 enrollments in 60 countries without employees",
    happens: flood({ ...overRanges, where: elsewhere(60) }),
    wants: [sent(60)],
  },
  {
    name: "typed-in",
    says: "60 accounts enroll and type in the codes",
    happens: flood({ codes: 10_000, accounts: 60, typesIn: true, where: inRanges(50) }),
    wants: [sent(210)],
  },
  {
    name: "typed-in-700",
    says: "700 accounts type in codes or forge Okta's events",
    happens: flood({ codes: 10_000, typesIn: true, where: inRanges(50) }),
  },
  {
    name: "mixed",
    says: "350 accounts start two enrollments, complete one",
    happens: mixedEnrollments,
  },
  { name: "fifty", says: "50 own SIM cards hide 1,000 enrollments", happens: paidForByFifty },
  {
    name: "blind-enrollments",
    says: "enrollments for two weeks without Okta's events",
    feed: "off",
    days: 14,
    happens: flood({ codes: 10_000, accounts: 500, days: 14, where: inRanges(50) }),
  },
];
export const enrollmentFraud = each.map((one): Scenario => ({
  ...one,
  wants: [...(one.wants ?? []), nobodySilenced],
}));
