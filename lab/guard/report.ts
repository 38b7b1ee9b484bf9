import { align } from "./columns.ts";
import type { Measured } from "./measure.ts";
import type { Want } from "./scenario.ts";
import { asked, type Tally } from "./tally.ts";

const heads = [
  "scenario",
  "a day",
  "events",
  "answer",
  "good: codes (people) asked",
  "failed",
  "silenced",
  "newcomers failed",
  "silenced",
  "attack: sent",
  "failed",
  "silenced",
  "by rule",
];

/** Codes, and in brackets people. */
export function describe(measured: readonly Measured[]): string {
  return align([heads, ...measured.map(rowOf)]);
}

function rowOf({ scenario, size, feed, answer, tallies }: Measured): string[] {
  const { people, newcomers, victim, attacker } = tallies;
  const everybody = [people, newcomers, tallies["roll-out"], victim];
  const new_ = [newcomers, tallies["roll-out"]];
  const attack =
    asked(attacker) === 0
      ? ["", "", ""]
      : (["sent", "failed", "silenced"] as const).map((fate) => String(attacker.codes[fate]));
  return [
    scenario.name,
    String(size),
    feed,
    answer,
    both(everybody, "asked"),
    share(everybody, "failed"),
    share(everybody, "silenced"),
    share(new_, "failed"),
    share(new_, "silenced"),
    ...attack,
    reasons(everybody) + (asked(attacker) === 0 ? "" : ` | ${reasons([attacker])}`),
  ];
}

function both(tallies: readonly Tally[], fate: "asked" | "failed" | "silenced"): string {
  const codes = tallies.reduce((sum, tally) => sum + (fate === "asked" ? asked(tally) : tally.codes[fate]), 0);
  const people = tallies.reduce(
    (sum, { persons }) =>
      sum +
      (fate === "asked" ? new Set([...persons.sent, ...persons.failed, ...persons.silenced]) : persons[fate]).size,
    0,
  );
  return codes === 0 ? "0" : `${codes} (${people})`;
}

function share(tallies: readonly Tally[], fate: "failed" | "silenced"): string {
  const [codes, all] = [
    tallies.reduce((sum, tally) => sum + tally.codes[fate], 0),
    tallies.reduce((sum, tally) => sum + asked(tally), 0),
  ];
  return codes === 0 ? "0" : `${percent(codes / all)}: ${both(tallies, fate)}`;
}

function reasons(tallies: readonly Tally[]): string {
  const sums = new Map<string, number>();
  for (const [reason, count] of tallies.flatMap((tally) => [...tally.reasons]))
    sums.set(reason, (sums.get(reason) ?? 0) + count);
  return [...sums]
    .sort(([, one], [, other]) => other - one)
    .map(([reason, count]) => `${reason} ${count}`)
    .join(", ");
}

/** As many digits as are needed to see that it is not nothing. */
export function percent(value: number): string {
  const percents = 100 * value;
  return `${percents === 0 || percents >= 10 ? percents.toFixed(value === 0 || value === 1 ? 0 : 1) : percents.toFixed(2)} %`;
}

export interface Judged {
  readonly measured: Measured;
  readonly want: Want;
  readonly value: number;
  readonly met: boolean;
}

/** Whether each thing that is wanted of a scenario is so. */
export function judgeWants(measured: Measured): Judged[] {
  return (measured.scenario.wants ?? []).map((want) => {
    const value = want.of(measured.tallies);
    return { measured, want, value, met: value <= want.atMost };
  });
}

export function describeWants(measured: readonly Measured[]): string {
  const rows = measured.flatMap(judgeWants).map(({ measured: { scenario, size, feed, answer }, want, value, met }) => {
    const text = (one: number) => (want.atMost < 1 && one <= 1 ? percent(one) : String(one));
    return [
      ...[scenario.name, String(size), feed, answer],
      ...[want.says, text(value), `at most ${text(want.atMost)}`, met ? "met" : "NOT MET"],
    ];
  });
  return align([["wanted", "a day", "events", "answer", "", "", "", ""], ...rows]);
}
