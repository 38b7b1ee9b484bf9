import * as attacks from "./attacks.ts";
import { sentAtMost, type Scenario } from "./scenario.ts";

const oneDay = { days: 1, feeds: ["prompt"] } as const;

/** Codes that are sent for the money which each message earns. */
export const attackScenarios: readonly Scenario[] = [
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
    happens: attacks.steadily(3, "sign-in"),
    wants: [sentAtMost(3_300)],
  },
  {
    name: "long-sign-ins",
    says: "the same for two weeks, 140,000 codes",
    sizes: [200, 1_000],
    feeds: ["prompt", "dead"],
    weekday: "working",
    days: 14,
    happens: attacks.steadily(14, "sign-in"),
  },
  {
    name: "long-pump",
    says: "enrollments instead",
    sizes: [200, 1_000],
    feeds: ["prompt", "dead"],
    weekday: "working",
    days: 14,
    happens: attacks.steadily(14, "enrollment"),
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
];
