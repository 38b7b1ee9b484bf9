import { createGuard } from "../../../src/guard/guard.ts";
import type { GuardSettings } from "../../../src/guard/guarded-code.ts";
import type { ExportedCode } from "../suggest/exported-codes.ts";
import { suggest, type Suggestion } from "../suggest/suggest.ts";
import { createCompany } from "./company.ts";
import { createRandom } from "./random.ts";
import { feeds, ofARollOut, sizes, type Scenario, type Size, type Want } from "./scenario.ts";
import type { Tallies } from "./tally.ts";
import { history, hour, today, warmUp, type Time } from "./time.ts";
import { addUsualTraffic, isOut } from "./traffic.ts";
import { createWorld, type Ranges, type World } from "./world.ts";

export interface Case {
  readonly scenario: Scenario;
  /** Codes a day. */
  readonly size: Size;
  readonly instances: number;
  readonly seed: number;
}

export interface Measured extends Case {
  readonly tallies: Tallies;
}

export interface Judged extends Measured {
  readonly want: Want;
  readonly value: number;
  readonly atMost: number;
}

export function casesOf(
  scenario: Scenario,
  instances: readonly number[],
  seeds: readonly number[],
): Case[] {
  return (scenario.sizes ?? sizes).flatMap((size) =>
    instances.flatMap((count) => seeds.map((seed) => ({ scenario, size, instances: count, seed }))),
  );
}

/** Whether each thing that is wanted of a scenario is so. */
export function judge(measured: Measured): Judged[] {
  const { scenario, size, instances, tallies } = measured;
  return (scenario.wants ?? []).flatMap((want) => {
    const wanted = typeof want.atMost === "number" ? want.atMost : want.atMost[size];
    if (wanted === undefined) return [];
    return [
      {
        ...measured,
        want,
        value: want.of(tallies),
        atMost: want.byInstance ? wanted * instances : wanted,
      },
    ];
  });
}

export const isMet = ({ value, atMost }: Judged): boolean => value <= atMost;

/** With limits that are enforced, and refusals that are suppressed. */
export function measure(one: Case): Measured {
  const { scenario, size, seed } = one;
  const { days = 1, hours = [0, 24 * days] } = scenario;
  const judged = { from: today + hours[0] * hour, until: today + hours[1] * hour };
  const time = { from: warmUp, until: judged.until };
  const company = createCompany(size, createRandom(seed));
  const world = start(one, limitsOf(one), judged);
  addUsualTraffic(world, company, size, time, scenario.outage);
  scenario.happens?.({ world, company, until: judged.until });
  world.run(time);
  return { ...one, tallies: world.tallies };
}

function start({ scenario, seed, instances }: Case, limits: Limits, judged: Time): World {
  const { feed = "prompt", anonymous = false, outage } = scenario;
  return createWorld({
    instances,
    ranges: limits.ranges,
    judged,
    anonymous,
    random: createRandom(seed + judged.from),
    feed: feeds[feed],
    start: () => createGuard(limits.settings, () => feed !== "off"),
    delivers: (country, at) => !isOut(outage, country, at),
  });
}

interface Limits {
  readonly settings: GuardSettings;
  readonly ranges: Ranges;
}

const noLimits: Limits = {
  settings: { countryLimits: new Map(), countryBudget: new Map(), hasAllowList: false },
  ranges: { known: new Set(), exempt: new Set() },
};

/** What an operator pastes from npm run guard:suggest, and changes. */
function limitsOf(one: Case): Limits {
  const { numbers, raised } = one.scenario;
  if (numbers === "none") return noLimits;
  const { countries, knownRanges } = suggestionFor(one);
  const numbersOf = (country: string) => ({
    ...countries.get("*"),
    ...countries.get(country),
    enrollments: ofARollOut,
  });
  const countryLimits = new Map([
    ...countries,
    ...(raised ?? []).map((country) => [country, numbersOf(country)] as const),
  ]);
  const [known, exempt] = raised ? [[], knownRanges] : [knownRanges, []];
  return {
    settings: { ...noLimits.settings, countryLimits },
    ranges: { known: new Set(known), exempt: new Set(exempt) },
  };
}

const suggestions = new Map<string, Suggestion>();

/** From two other weeks of the same people, as their telemetry has them. */
function suggestionFor({ scenario: { feed, numbers }, size, seed }: Case): Suggestion {
  const isOff = feed === "off";
  const name = [isOff, numbers, size, seed].join(" ");
  const found = suggestions.get(name);
  if (found !== undefined) return found;
  const scenario = { name: "", says: "", ...(isOff ? { feed } : {}) };
  const world = start({ scenario, size, seed, instances: 1 }, noLimits, history);
  addUsualTraffic(world, createCompany(size, createRandom(seed)), size, history);
  world.run(history);
  const isKnown = ({ userKey }: ExportedCode) =>
    numbers !== "of half" || Number(userKey?.split(" ")[1]) % 2 === 0;
  const suggestion = suggest(world.codes.filter(isKnown));
  suggestions.set(name, suggestion);
  return suggestion;
}
