import { anywhere, elsewhere, flood, inRanges } from "../flood.ts";
import { nobodySilenced, sent, type Scenario, type Stage } from "../scenario.ts";
import type { Of } from "../tally.ts";

// Sign-ins and password resets for accounts that have an attacker's numbers.

function toForeignNumbers(stage: Stage): void {
  const own = { accounts: 300, where: elsewhere(60) };
  flood({ ...own, codes: 10_000, kind: "sign-in" })(stage);
  flood({ ...own, codes: 5_000, kind: "recovery" })(stage);
}

function allGroups(stage: Stage): void {
  const own = { accounts: 120, where: anywhere };
  flood({ ...own, codes: 2_000, kind: "enrollment" })(stage);
  flood({ ...own, codes: 2_000, kind: "recovery" })(stage);
  flood({ ...own, codes: 5_000, kind: "sign-in" })(stage);
}

const stolen = { codes: 10_000, kind: "sign-in", accounts: 500, where: inRanges(50) } as const;
const signIns: Of = { groups: ["sign-ins"] };

const each: readonly Scenario[] = [
  {
    name: "foreign-sign-ins",
    says: "300 accounts with numbers in 60 other countries",
    happens: toForeignNumbers,
    wants: [sent(200, false)],
  },
  {
    name: "stolen",
    says: "500 stolen accounts sign in for three days",
    days: 3,
    happens: flood({ ...stolen, days: 3 }),
  },
  {
    name: "stolen-dead",
    says: "500 stolen accounts, Okta's events dead",
    feed: "dead",
    days: 3,
    happens: flood({ ...stolen, days: 3 }),
  },
  {
    name: "stolen-typed-in",
    says: "500 stolen accounts type in the codes",
    days: 3,
    happens: flood({ ...stolen, days: 3, typesIn: true }),
  },
  {
    name: "stolen-call",
    says: "500 stolen accounts, calls",
    happens: flood({ ...stolen, call: true }),
  },
  {
    name: "stolen-sunday",
    says: "500 stolen accounts, a Sunday night",
    days: 6,
    happens: flood({ ...stolen, fromHour: 4 * 24 + 20, hours: 10 }),
  },
  {
    name: "stolen-unknown",
    says: "700 accounts, unknown request types",
    happens: flood({ ...stolen, kind: "unknown", accounts: 700 }),
  },
  {
    name: "blind",
    says: "500 stolen accounts, two weeks without Okta's events",
    feed: "off",
    days: 14,
    happens: flood({ ...stolen, days: 14 }),
  },
  {
    name: "all-groups",
    says: "120 accounts, all kinds of codes, all your countries",
    happens: allGroups,
  },
];
export const signInFraud = each.map((one): Scenario => ({
  ...one,
  shows: signIns,
  wants: [...(one.wants ?? []), nobodySilenced],
}));
