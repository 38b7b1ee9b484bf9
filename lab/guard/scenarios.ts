import * as attacks from "./attacks.ts";
import { largest } from "./company.ts";
import { enrollMany, harm, sharedPhones, simCards } from "./events.ts";
import { failedAtMost, fewSilenced, nobodySilenced, sentAtMost, type FeedName, type Scenario } from "./scenario.ts";
import { hour } from "./time.ts";

const allFeeds: readonly FeedName[] = ["prompt", "2-minutes", "10-minutes", "dead", "dying"];
const late: readonly FeedName[] = ["prompt", "2-minutes", "10-minutes"];
const sizes = [40, 200, 1_000, 10_000];
const usually = [nobodySilenced, failedAtMost(0.001)];
const rollOut = [fewSilenced, failedAtMost(0.02)];
const outageFrom = (today: number) => ({ from: today + 9 * hour, until: today + 12 * hour });
const afterOutage = { weekday: "working", hours: [12, 15], wants: [nobodySilenced, failedAtMost(0.02)] } as const;
const oneDay = { days: 1, feeds: ["prompt"] } as const;
const budget = (codes: number) => ({ countryBudget: new Map([[largest.country, codes]]) });

export const scenarios: readonly Scenario[] = [
  { name: "usual-week", says: "a usual week, each day of it", sizes, feeds: allFeeds, wants: usually },
  {
    name: "shared-phones",
    says: "a front desk and a shared phone",
    sizes: [200, 1_000],
    feeds: late,
    happens: sharedPhones,
    wants: usually,
  },
  {
    name: "outage",
    says: "three hours after three in which nothing reached the largest country",
    sizes,
    feeds: ["prompt"],
    ...afterOutage,
    outage: (today) => ({ ...outageFrom(today), country: largest.country }),
  },
  {
    name: "outage-everywhere",
    says: "the same, nothing reached anybody",
    sizes,
    feeds: ["prompt"],
    ...afterOutage,
    outage: outageFrom,
  },
  {
    name: "sim-cards",
    says: "150 company SIM cards of one range in an hour",
    sizes,
    feeds: late,
    weekday: "working",
    days: 1,
    happens: simCards,
    wants: rollOut,
  },
  {
    name: "merger",
    says: "3,000 people of the largest country in eight hours",
    sizes: [1_000, 10_000],
    feeds: late,
    weekday: "working",
    days: 1,
    happens: enrollMany(3_000),
    wants: rollOut,
  },
  {
    name: "merger-budget",
    says: "the same, with a budget of 10,000 codes a day",
    sizes: [1_000, 10_000],
    feeds: late,
    weekday: "working",
    days: 1,
    happens: enrollMany(3_000),
    settings: budget(10_000),
    wants: rollOut,
  },
  {
    name: "roll-out",
    says: "20,000 people of the largest country in eight hours",
    sizes: [10_000],
    feeds: late,
    weekday: "working",
    days: 1,
    happens: enrollMany(20_000),
    wants: rollOut,
  },
  {
    name: "roll-out-budget",
    says: "the same, with a budget of 60,000 codes a day",
    sizes: [10_000],
    feeds: late,
    weekday: "working",
    days: 1,
    happens: enrollMany(20_000),
    settings: budget(60_000),
    wants: rollOut,
  },
  {
    name: "harm",
    says: "strangers enroll one person's number and reset the password, all week",
    sizes: [200, 1_000],
    feeds: ["prompt", "dead"],
    happens: harm,
    wants: [{ says: "codes of the victim silenced", atMost: 0, of: ({ victim }) => victim.codes.silenced }],
  },
  {
    name: "resets",
    says: "strangers reset 2,000 passwords within an hour, and people sign in",
    sizes: [200, 1_000, 10_000],
    feeds: ["prompt", "dead"],
    weekday: "working",
    days: 1,
    happens: attacks.unusedRecoveries(2_000),
    wants: [nobodySilenced, failedAtMost(0.02)],
  },
  {
    name: "pump",
    says: "500 an hour into three ranges of the largest country",
    sizes: [200, 1_000, 5_000],
    ...oneDay,
    weekday: "working",
    happens: attacks.pumpServed,
    wants: [sentAtMost(60)],
  },
  {
    name: "pump-sunday",
    says: "the same on a Sunday",
    sizes: [40, 200],
    ...oneDay,
    weekday: "Sun",
    happens: attacks.pumpServed,
    wants: [sentAtMost(60)],
  },
  {
    name: "pump-monday",
    says: "the same on Monday at seven",
    sizes: [40, 200],
    ...oneDay,
    weekday: "Mon",
    happens: (stage) => {
      attacks.pumpServed(stage, 7);
    },
    wants: [sentAtMost(60)],
  },
  {
    name: "pump-recoveries",
    says: "the first, after 100 unused recovery codes",
    sizes: [200, 5_000],
    ...oneDay,
    weekday: "working",
    happens: (stage) => {
      attacks.unusedRecoveries(100)(stage);
      attacks.pumpServed(stage);
    },
    wants: [sentAtMost(60)],
  },
  {
    name: "pump-dead-feed",
    says: "the first, without events",
    sizes: [200, 5_000],
    days: 1,
    feeds: ["dead", "10-minutes"],
    weekday: "working",
    happens: attacks.pumpServed,
  },
  {
    name: "slow-pump",
    says: "200 an hour over 200 ranges of the largest country",
    sizes: [200, 1_000, 10_000],
    ...oneDay,
    weekday: "working",
    happens: attacks.slowPump,
  },
  {
    name: "foreign-pump",
    says: "500 an hour into a country where nobody works",
    sizes: [200, 1_000],
    ...oneDay,
    weekday: "working",
    happens: attacks.foreignCountry,
    wants: [sentAtMost(30)],
  },
  {
    name: "unplanned",
    says: "10,000 in a day over 60 countries where nobody works",
    sizes: [200, 1_000],
    ...oneDay,
    weekday: "working",
    happens: attacks.unplannedCountries,
    wants: [sentAtMost(60)],
  },
  {
    name: "sign-ins",
    says: "500 stolen accounts, 20 sign-in codes a day, three days",
    sizes: [200, 1_000],
    feeds: ["prompt", "dead"],
    weekday: "working",
    days: 3,
    happens: attacks.signIns,
    wants: [sentAtMost(3_300)],
  },
  {
    name: "unknown-kind",
    says: "10,000 codes of an unknown request type in a day",
    sizes: [200, 1_000],
    ...oneDay,
    weekday: "working",
    happens: attacks.unknownKind,
  },
  {
    name: "restarts",
    says: "1,500 in two and a half hours, the table is down, five instances start",
    sizes: [200, 1_000],
    ...oneDay,
    weekday: "working",
    happens: attacks.restarts,
    wants: [sentAtMost(100)],
  },
  {
    name: "spent-budget",
    says: "100 unused recovery codes, at a budget of 250 codes a day",
    sizes: [200],
    ...oneDay,
    weekday: "working",
    happens: attacks.unusedRecoveries(100),
    settings: budget(250),
    wants: [nobodySilenced],
  },
];
