import { createGuard } from "../../../src/guard/guard.ts";
import type { GuardSettings } from "../../../src/guard/guarded-code.ts";
import { startingNumbers } from "../starting-numbers.ts";
import type { ExportedCode } from "../suggest/exported-codes.ts";
import { suggest, type Suggestion } from "../suggest/suggest.ts";
import { createCompany, type Company } from "./company.ts";
import { createRandom } from "./random.ts";
import {
  countriesOf,
  feeds,
  ofARollOut,
  providers,
  sizes,
  type Provider,
  type Scenario,
  type Size,
  type Want,
} from "./scenario.ts";
import type { Of, Sum, Tally } from "./tally.ts";
import { history, hour, today, warmUp, type Time } from "./time.ts";
import { addUsualTraffic, isOut } from "./traffic.ts";
import { createWorld, type Ranges, type World } from "./world.ts";

export interface Case {
  readonly scenario: Scenario;
  /** Number of codes a day. */
  readonly size: Size;
  readonly instances: number;
  readonly provider: Provider;
  readonly seed: number;
}

export interface Measured extends Case {
  readonly tally: Tally;
  /** The groups whose codes are shown. */
  readonly shows: Of | undefined;
  readonly shown: Sum;
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
  chosen: readonly Provider[] = providers,
): Case[] {
  return (scenario.sizes ?? sizes).flatMap((size) =>
    instances.flatMap((count) =>
      chosen.flatMap((provider) =>
        seeds.map((seed) => ({ scenario, size, instances: count, provider, seed })),
      ),
    ),
  );
}

/** Compares each requirement of a scenario with its measured value. */
export function judge(measured: Measured): Judged[] {
  const { scenario, size, instances, tally, shows } = measured;
  return (scenario.wants ?? []).flatMap((want) => {
    const wanted = typeof want.atMost === "number" ? want.atMost : want.atMost[size];
    if (wanted === undefined) return [];
    return [
      {
        ...measured,
        want,
        value: want.of(tally, shows),
        atMost: want.byInstance ? wanted * instances : wanted,
      },
    ];
  });
}

export const isMet = ({ value, atMost }: Judged): boolean => value <= atMost;

/** Runs a case as if with GUARD_MODE=enforce and REFUSED_ANSWER=suppress. */
export function measure(one: Case): Measured {
  const { scenario, size } = one;
  const { days = 1, hours = [0, 24 * days], shows } = scenario;
  const judged = { from: today + hours[0] * hour, until: today + hours[1] * hour };
  const time = { from: warmUp, until: judged.until };
  const company = companyOf(one);
  const limits = limitsOf(one);
  const world = start(one, limits, judged);
  addUsualTraffic(world, company, size, time, scenario.outage);
  const knownRanges = [...limits.ranges.known];
  scenario.happens?.({ world, company, until: judged.until, knownRanges });
  world.run(time);
  const of: Of | undefined = typeof shows === "function" ? shows(company) : shows;
  return { ...one, tally: world.tally, shows: of, shown: world.tally.sum(of) };
}

function companyOf({ scenario, size, seed }: Case): Company {
  return createCompany(size, scenario.countries ?? countriesOf[size], createRandom(seed));
}

function start({ scenario, seed, instances, provider }: Case, limits: Limits, judged: Time): World {
  const { feed = "on time", anonymous = false, outage } = scenario;
  return createWorld({
    instances,
    ranges: limits.ranges,
    judged,
    anonymous,
    hasProvider: provider === "with",
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

/** Returns limits of npm run guard:suggest, with the scenario's changes. */
function limitsOf(one: Case): Limits {
  const { numbers, raised } = one.scenario;
  if (numbers === "none") return noLimits;
  if (numbers === "start") {
    const countryLimits = new Map([["*", startingNumbers]]);
    return { ...noLimits, settings: { ...noLimits.settings, countryLimits } };
  }
  const { countries, knownRanges } = suggestionFor(one);
  const numbersOf = (country: string) => ({
    ...countries.get("*"),
    ...countries.get(country),
    ...ofARollOut,
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

/** Suggests limits from two earlier weeks of the same people. */
function suggestionFor(one: Case): Suggestion {
  const { feed, numbers, countries } = one.scenario;
  const isOff = feed === "off";
  const name = [isOff, numbers, countries, one.size, one.seed].join(" ");
  const found = suggestions.get(name);
  if (found !== undefined) return found;
  const scenario = { name: "", says: "", ...(isOff ? { feed } : {}) };
  const world = start({ ...one, scenario, instances: 1 }, noLimits, history);
  addUsualTraffic(world, companyOf(one), one.size, history);
  world.run(history);
  const isKnown = ({ userKey }: ExportedCode) =>
    numbers !== "of half" || Number(userKey?.split(" ")[1]) % 2 === 0;
  const suggestion = suggest(world.codes.filter(isKnown));
  suggestions.set(name, suggestion);
  return suggestion;
}
