import { largest, newCountry, type Person } from "../company.ts";
import { failed, nobodySilenced, type Scenario, type Stage } from "../scenario.ts";
import { hour, today } from "../time.ts";
import { signIn } from "../traffic.ts";

// Many real people enroll at once.

/** New people enroll, evenly distributed over the hours. */
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

/** Half of the people enroll in the first of eight hours. */
function morning(stage: Stage): void {
  enroll(1_500, 8, 1)(stage);
  enroll(1_500, 9, 7)(stage);
}

const newcomers = { groups: ["newcomers", "roll-out"] } as const;
const simCards = {
  says: "150 SIM cards enrolled in an hour",
  shows: newcomers,
  happens: enroll(150, 10, 1, { range: "+44900000" }),
} as const;
const evenly = { shows: newcomers, happens: enroll(3_000, 8, 8) } as const;
const merger = {
  ...evenly,
  says: "merger: 3,000 enrollments in eight hours",
  wants: [
    failed(
      { 200: 0.043, 1_000: 0.037, 5_000: 0.017 },
      { ...newcomers, call: false },
      "newcomers FAILED without calls",
    ),
  ],
} as const;
const abroad = {
  feed: "10 minutes late",
  shows: newcomers,
  happens: enroll(3_000, 8, 8, { country: newCountry.country, range: "+52600000" }),
} as const;
const rollOut = { sizes: [5_000], shows: newcomers, happens: enroll(20_000, 8, 8) } as const;
const withNumbers = {
  says: "SIM cards, merger and roll-out with raised limits",
  raised: [largest.country],
  wants: [failed(0.001)],
} as const;

const each: readonly Scenario[] = [
  { name: "sim-cards", ...simCards },
  {
    name: "sim-cards-late",
    ...simCards,
    says: "150 SIM cards, Okta's events late",
    feed: "10 minutes late",
  },
  { name: "merger", ...merger },
  {
    name: "merger-morning",
    ...merger,
    says: "merger, half in the first hour",
    happens: morning,
  },
  {
    name: "merger-late",
    ...evenly,
    says: "merger, Okta's events late",
    feed: "10 minutes late",
  },
  { name: "merger-dead", ...evenly, says: "merger, Okta's events dead", feed: "dead" },
  {
    name: "merger-abroad",
    ...abroad,
    says: "merger in an unplanned country",
  },
  { name: "roll-out", ...rollOut, says: "roll-out: 20,000 enrollments in eight hours" },
  { name: "sim-cards-raised", ...simCards, ...withNumbers, feed: "10 minutes late" },
  { name: "merger-raised", ...withNumbers, shows: newcomers, happens: morning, feed: "dead" },
  { name: "merger-abroad-raised", ...abroad, ...withNumbers, raised: [newCountry.country] },
  { name: "roll-out-raised", ...rollOut, ...withNumbers },
];
export const joiners = each.map((one): Scenario => ({
  ...one,
  wants: [...(one.wants ?? []), nobodySilenced],
}));
