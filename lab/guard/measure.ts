import type { GuardSettings } from "../../src/guard/guard-settings.ts";
import { createRandom } from "./random.ts";
import { replay, sum, type Tallies } from "./replay.ts";
import { sessionsOf, type Scenario } from "./scenarios.ts";
import { judgedDay } from "./traffic.ts";

export interface Measured extends Tallies {
  readonly scenario: Scenario;
  readonly codesPerDay: number;
  /** Over so many seeds. */
  readonly runs: number;
}

/** Of a small company one day says little: then there are several, each with traffic of its own. */
const codesWanted = 4_000;

export function measure(
  scenario: Scenario,
  codesPerDay: number,
  settings: GuardSettings,
  seed: number,
  runsLimit = 10,
): Measured {
  const runs = Math.min(runsLimit, Math.max(1, Math.round(codesWanted / codesPerDay)));
  const tallies = Array.from({ length: runs }, (_, run) => {
    const sessions = sessionsOf(scenario, codesPerDay, createRandom(seed * 1_000 + run));
    return replay(sessions, { ...scenario, settings, from: judgedDay });
  });
  const good = sum(tallies.map((one) => one.good));
  const pump = sum(tallies.map((one) => one.pump));
  return { scenario, codesPerDay, runs, good, pump };
}

export const flaggedShare = ({ good }: Measured) => good.flagged / good.asked;
/** Undefined where nobody pumps. */
export const stoppedShare = ({ pump }: Measured) => (pump.asked === 0 ? undefined : pump.flagged / pump.asked);
export const passedInARun = ({ pump, runs }: Measured) => (pump.asked - pump.flagged) / runs;

/** Each target of the scenario, and whether it was met. */
export function judgeTargets(measured: Measured): { readonly target: string; readonly met: boolean }[] {
  const { scenario, codesPerDay, good, pump } = measured;
  const { goodFlaggedAtMost, unverifiedFlagged, stoppedAtLeast, passedAtMost } = scenario.targets ?? {};
  const judged = [];
  if (goodFlaggedAtMost !== undefined)
    judged.push({
      target: `good codes flagged: at most ${percent(goodFlaggedAtMost)}`,
      met: flaggedShare(measured) <= goodFlaggedAtMost,
    });
  if (unverifiedFlagged !== undefined) {
    const count = (["range-unverified", "country-unverified"] as const)
      .flatMap((reason) => [good.byReason.get(reason) ?? 0, pump.byReason.get(reason) ?? 0])
      .reduce((all, one) => all + one);
    judged.push({ target: "no unverified refusal", met: count === 0 });
  }
  const least = stoppedAtLeast?.(codesPerDay);
  if (least !== undefined)
    judged.push({ target: `stopped: at least ${percent(least)}`, met: (stoppedShare(measured) ?? 0) >= least });
  if (passedAtMost !== undefined)
    judged.push({ target: `sent: at most ${passedAtMost}`, met: passedInARun(measured) <= passedAtMost });
  return judged;
}

/** As many digits as are needed to see that it is not nothing. */
export function percent(share: number): string {
  const value = 100 * share;
  return `${value === 0 || value >= 10 ? value.toFixed(value === 0 || value === 100 ? 0 : 1) : value.toFixed(2)} %`;
}
