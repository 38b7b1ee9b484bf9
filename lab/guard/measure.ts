import type { GuardSettings } from "../../src/guard/guard-settings.ts";
import { createCompany } from "./company.ts";
import { createRandom } from "./random.ts";
import { feedOf, judgedTime, type FeedName, type Scenario } from "./scenario.ts";
import type { Tallies } from "./tally.ts";
import type { Weekday } from "./time.ts";
import { addUsualTraffic, isOut } from "./traffic.ts";
import { createWorld, type Answer } from "./world.ts";

export interface Case {
  readonly scenario: Scenario;
  readonly size: number;
  readonly feed: FeedName;
  readonly answer: Answer;
  readonly seed: number;
  readonly workingDay: Weekday;
}

export interface Measured extends Case {
  readonly tallies: Tallies;
}

export function casesOf(scenario: Scenario, seed: number, workingDay: Weekday = "Tue"): Case[] {
  return scenario.sizes.flatMap((size) =>
    scenario.feeds.flatMap((feed) =>
      (["failed", "suppress"] as const).map((answer) => ({ scenario, size, feed, answer, seed, workingDay })),
    ),
  );
}

export function measure(one: Case, settings: GuardSettings): Measured {
  const { scenario, size, feed, answer, seed, workingDay } = one;
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
  return { ...one, tallies: world.tallies };
}
