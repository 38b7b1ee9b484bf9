import type { GuardSettings } from "../../src/guard/guard-settings.ts";
import { createCompany } from "./company.ts";
import { createRandom } from "./random.ts";
import { feedOf, judgedTime, type FeedName, type Scenario } from "./scenario.ts";
import type { Tallies } from "./tally.ts";
import type { Weekday } from "./time.ts";
import { addUsualTraffic, isOut } from "./traffic.ts";
import { createWorld, type Answer, type World } from "./world.ts";

export interface Case {
  readonly scenario: Scenario;
  readonly size: number;
  readonly feed: FeedName;
  readonly seed: number;
  readonly workingDay: Weekday;
}

export interface Measured extends Case {
  readonly answer: Answer;
  readonly tallies: Tallies;
}

export function casesOf(scenario: Scenario, seed: number, workingDay: Weekday = "Tue"): Case[] {
  return scenario.sizes.flatMap((size) => scenario.feeds.map((feed) => ({ scenario, size, feed, seed, workingDay })));
}

/** Under `failed` and under `suppress`. */
export function measure(one: Case, settings: GuardSettings): readonly [failed: Measured, suppress: Measured] {
  const failed = run(one, "failed", settings);
  // Where no refusal is one that is suppressed, both go alike.
  const suppress = failed.sawAbuse() ? run(one, "suppress", settings) : failed;
  return [
    { ...one, answer: "failed", tallies: failed.tallies },
    { ...one, answer: "suppress", tallies: suppress.tallies },
  ];
}

function run({ scenario, size, feed, seed, workingDay }: Case, answer: Answer, settings: GuardSettings): World {
  const { today, ...judged } = judgedTime(scenario, workingDay);
  const random = createRandom(seed);
  const outage = scenario.outage?.(today);
  const world = createWorld({
    settings: { ...settings, ...scenario.settings },
    answer,
    feed: feedOf(feed, today),
    random,
    delivers: (country, at) => !isOut(outage, country, at),
    judged,
  });
  const company = createCompany(size, random);
  addUsualTraffic(world, company, size, judged.until, outage);
  scenario.happens?.({ world, company, today, until: judged.until });
  world.runUntil(judged.until);
  return world;
}
