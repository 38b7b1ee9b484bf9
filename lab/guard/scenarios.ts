import { attackScenarios } from "./attack-scenarios.ts";
import { unusedRecoveries } from "./attacks.ts";
import { largest } from "./company.ts";
import { enrollMany, harm, sharedPhones, simCards } from "./events.ts";
import { failedAtMost, fewSilenced, nobodySilenced, type FeedName, type Scenario } from "./scenario.ts";
import { hour } from "./time.ts";

const allFeeds: readonly FeedName[] = ["prompt", "2-minutes", "10-minutes", "dead", "dying"];
const late: readonly FeedName[] = ["prompt", "2-minutes", "10-minutes"];
const sizes = [40, 200, 1_000, 10_000];
const usually = [nobodySilenced, failedAtMost(0.001)];
const rollOut = [fewSilenced, failedAtMost(0.02)];
const outageFrom = (today: number) => ({ from: today + 9 * hour, until: today + 12 * hour });
const afterOutage = { weekday: "working", hours: [12, 15], wants: [nobodySilenced, failedAtMost(0.02)] } as const;
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
    happens: unusedRecoveries(2_000),
    wants: [nobodySilenced, failedAtMost(0.02)],
  },
  {
    name: "spent-budget",
    says: "100 unused recovery codes, at a budget of 250 codes a day",
    sizes: [200],
    days: 1,
    feeds: ["prompt"],
    weekday: "working",
    happens: unusedRecoveries(100),
    settings: budget(250),
    wants: [nobodySilenced],
  },
  ...attackScenarios,
];
