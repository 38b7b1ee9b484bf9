import { isMet, judge, type Measured } from "./measure.ts";
import { providers, sizes, type Provider } from "./scenario.ts";
import type { Of } from "./tally.ts";

type Value = (measured: Measured) => number;

const sizeHeads = sizes.map((size) => size.toLocaleString("en"));

/**
 * Describes the share of FAILED codes, with and without Okta's own provider. A cell has the worst
 * value of its cases.
 */
export function describeHarm(measured: readonly Measured[]): string {
  const heads = [...providers].flatMap((one) => sizeHeads.map((size) => `${size} ${one}`));
  const shares = (some: readonly Measured[], provider: Provider) =>
    sizes.map((size) =>
      worstText(
        some.filter((one) => one.size === size && one.provider === provider),
        ({ shown }) => shown.failedShare,
        percent,
      ),
    );
  return table([
    ["`FAILED`, %", ...heads, "people without a code"],
    ...rows(measured, (some) => [
      ...providers.flatMap((provider) => shares(some, provider)),
      worstText(some, ({ shown }) => shown.withNothing, String),
    ]),
  ]);
}

/**
 * Describes how many fraudulent codes were sent. A cell has the worst value of all seeds for each
 * number of instances.
 */
export function describeFraud(measured: readonly Measured[]): string {
  const attacker: Of = { groups: ["attacker"] };
  return table([
    ["fraudulent codes sent", ...sizeHeads, "FAILED", "newcomers FAILED, %", "all FAILED, %"],
    ...rows(measured, (some) => [
      ...sizes.map((size) =>
        [
          ...Map.groupBy(
            some.filter((one) => one.size === size),
            ({ instances }) => instances,
          ).values(),
        ]
          .map((all) => worst(all, ({ tally }) => tally.sum(attacker).codes.sent))
          .join("/"),
      ),
      worstText(some, ({ tally }) => tally.sum(attacker).codes.failed, String),
      worstText(some, ({ tally }) => tally.sum({ groups: ["newcomers"] }).failedShare, percent),
      worstText(some, ({ tally }) => tally.sum().failedShare, percent),
    ]),
  ]);
}

/**
 * Describes each requirement with its worst value for each size, number of instances and provider.
 */
export function describeWants(measured: readonly Measured[]): string {
  const judged = Map.groupBy(measured.flatMap(judge), ({ want, ...one }) =>
    [one.scenario.name, one.size, one.instances, one.provider, want.says].join("|"),
  );
  return table([
    ["scenario", "a day", "instances", "provider", "requirement", "at most", "worst", ""],
    ...[...judged.values()].flatMap((all) => {
      const [found] = all.toSorted((one, other) => other.value - one.value);
      if (found === undefined) return [];
      const text = (value: number) =>
        found.atMost < 1 && value <= 1 ? `${percent(value)} %` : String(value);
      const { scenario, size, instances, provider, want } = found;
      return [
        [scenario.name, String(size), String(instances), provider, want.says].concat(
          text(found.atMost),
          text(found.value),
          isMet(found) ? "met" : "NOT MET",
        ),
      ];
    }),
  ]);
}

/** Returns a table with one row for each run. The last column has the reasons of refusals. */
export function describeRuns(measured: readonly Measured[]): string {
  const heads = ["scenario", "a day", "instances", "provider", "seed", "real codes", "FAILED, %"];
  return table([
    [...heads, "shown FAILED, %", "attack sent", "FAILED", "silenced", "reasons"],
    ...measured.map(({ scenario, size, instances, provider, seed, tally, shown }) => {
      const [all, attack] = [tally.sum(), tally.sum({ groups: ["attacker"] })];
      const { sent, failed, silenced } = attack.codes;
      const reasons = ({ reasons: found }: typeof all) =>
        [...found].map(([reason, count]) => `${reason} ${count}`).join(", ");
      return [
        ...[scenario.name, String(size), String(instances), provider, String(seed)],
        ...[String(all.asked), percent(all.failedShare), percent(shown.failedShare)],
        ...[all.withNothing, sent, failed, silenced].map(String),
        `${reasons(all)}; attack: ${reasons(attack)}`,
      ];
    }),
  ]);
}

function worst(measured: readonly Measured[], value: Value): number {
  return Math.max(...measured.map(value));
}

function worstText(
  measured: readonly Measured[],
  value: Value,
  text: (value: number) => string,
): string {
  return measured.length === 0 ? "" : text(worst(measured, value));
}

function rows(
  measured: readonly Measured[],
  cells: (some: readonly Measured[]) => string[],
): string[][] {
  return [...Map.groupBy(measured, ({ scenario }) => scenario.says)].map(([says, some]) => [
    says,
    ...cells(some),
  ]);
}

/** Returns a percentage with enough digits to tell a small value from 0. */
function percent(value: number): string {
  const percents = 100 * value;
  return percents === 0 || percents >= 10
    ? percents.toFixed(0)
    : percents.toPrecision(1 + Number(percents >= 1));
}

/** Returns a Markdown table. The first row is the header. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(3, ...rows.map((row) => (row[column] ?? "").length)),
  );
  const lines = rows.map(
    (row) => `| ${widths.map((width, column) => (row[column] ?? "").padEnd(width)).join(" | ")} |`,
  );
  return [
    lines[0],
    `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`,
    ...lines.slice(1),
  ].join("\n");
}
