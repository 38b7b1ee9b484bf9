import { align } from "./columns.ts";
import { flaggedShare, judgeTargets, passedInARun, percent, stoppedShare, type Measured } from "./measure.ts";
import type { Overshoot } from "./overshoot.ts";
import type { ByReason } from "./replay.ts";

export function describeScenarios(measured: readonly Measured[]): string {
  const heads = ["scenario", "codes a day", "good codes flagged", "by rule", "pump stopped", "pump sent", "by rule"];
  const rows = measured.map((one) => {
    const { scenario, codesPerDay, good, pump } = one;
    const stopped = stoppedShare(one);
    return [
      scenario.name,
      String(codesPerDay),
      `${percent(flaggedShare(one))} (${good.flagged} of ${good.asked})`,
      reasons(good.byReason),
      ...(stopped === undefined
        ? ["", "", ""]
        : [percent(stopped), passedInARun(one).toFixed(0), reasons(pump.byReason)]),
    ];
  });
  return align([heads, ...rows]);
}

function reasons(byReason: ByReason): string {
  const sorted = [...byReason].sort(([, one], [, other]) => other - one);
  return sorted.map(([reason, count]) => `${reason} ${count}`).join(", ");
}

export function describeTargets(measured: readonly Measured[]): string {
  const rows = measured.flatMap((one) =>
    judgeTargets(one).map(({ target, met }) => [
      one.scenario.name,
      String(one.codesPerDay),
      target,
      met ? "met" : "NOT MET",
    ]),
  );
  return align([["target", "codes a day", "", ""], ...rows]);
}

export function describeOvershoots(overshoots: readonly Overshoot[]): string {
  const rows = overshoots.map(({ flood, instances, exchanged, sent }) => [
    flood.says,
    String(instances),
    exchanged ? "yes" : "no",
    String(flood.limit),
    String(sent),
  ]);
  return align([["flood", "instances", "counts exchanged", "limit", "sent at most"], ...rows]);
}
