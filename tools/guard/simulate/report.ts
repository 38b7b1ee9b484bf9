import { isMet, judge, type Measured } from "./measure.ts";
import { sizes } from "./scenario.ts";
import { people, real, type Group, type Tallies } from "./tally.ts";

type Value = (tallies: Tallies) => number;

const worst = (measured: readonly Measured[], value: Value): number =>
  Math.max(...measured.map(({ tallies }) => value(tallies)));
const bySize = (
  measured: readonly Measured[],
  cell: (ofSize: readonly Measured[]) => string,
): string[] =>
  sizes
    .map((size) => measured.filter((one) => one.size === size))
    .map((some) => (some.length === 0 ? "" : cell(some)));
const sizeHeads = sizes.map((size) => size.toLocaleString("en"));

const newcomers: readonly Group[] = ["newcomers", "roll-out"];
/** Of codes. */
const failed: Value = (tallies) => real(tallies).failed;
const withNothing: Value = (tallies) => real(tallies).withNothing;
/** Of people. */
const newcomersFailed: Value = (tallies) => {
  const { peopleFailed, people: all } = real(tallies, newcomers);
  return peopleFailed / all;
};

/** The worst of all seeds and counts of instances. */
export function describeHarm(measured: readonly Measured[]): string {
  return table([
    ["`FAILED`, %", ...sizeHeads, "nothing"],
    ...rows(measured, (some) => [
      ...bySize(some, (ofSize) => percent(worst(ofSize, failed))),
      String(worst(some, withNothing)),
    ]),
  ]);
}

/** Sent: the worst of all seeds, for each count of instances. */
export function describeAttacks(measured: readonly Measured[]): string {
  return table([
    ["sent", ...sizeHeads, "to Okta", "newcomers, %", "all, %", "nothing"],
    ...rows(measured, (some) => [
      ...bySize(some, (ofSize) =>
        [...Map.groupBy(ofSize, ({ instances }) => instances).values()]
          .map((all) => worst(all, ({ attacker }) => attacker.codes.sent))
          .join("/"),
      ),
      String(worst(some, ({ attacker }) => attacker.codes.failed)),
      ...[
        percent(worst(some, newcomersFailed)),
        percent(worst(some, failed)),
        String(worst(some, withNothing)),
      ],
    ]),
  ]);
}

/** What is wanted, with the worst figure of each size and count of instances. */
export function describeWants(measured: readonly Measured[]): string {
  const judged = Map.groupBy(measured.flatMap(judge), ({ scenario, want, size, instances }) =>
    [scenario.name, String(size), String(instances), want.says].join("|"),
  );
  return table([
    ["scenario", "a day", "instances", "wanted", "at most", "worst", ""],
    ...[...judged.values()].flatMap((all) => {
      const [found] = all.toSorted((one, other) => other.value - one.value);
      if (found === undefined) return [];
      const text = (value: number) =>
        found.atMost < 1 && value <= 1 ? `${percent(value)} %` : String(value);
      return [
        [
          ...[found.scenario.name, String(found.size), String(found.instances), found.want.says],
          ...[text(found.atMost), text(found.value), isMet(found) ? "met" : "NOT MET"],
        ],
      ];
    }),
  ]);
}

/** One row for each run, with the reasons of refusals. */
export function describeRuns(measured: readonly Measured[]): string {
  return table([
    [
      "scenario",
      "a day",
      "instances",
      "seed",
      "real codes",
      "FAILED, %",
      "silenced, %",
      "newcomers FAILED, %",
    ].concat(...["nothing", "attack sent", "FAILED", "silenced", "reasons"]),
    ...measured.map(({ scenario, size, instances, seed, tallies }) => {
      const [all, joining] = [real(tallies), real(tallies, newcomers)];
      const { sent, failed, silenced } = tallies.attacker.codes;
      const reasons = (groups: readonly Group[]) => {
        const found = groups.flatMap((group) => [...tallies[group].reasons]);
        return [...Map.groupBy(found, ([reason]) => reason)]
          .map(
            ([reason, counts]) => `${reason} ${counts.reduce((sum, [, count]) => sum + count, 0)}`,
          )
          .join(", ");
      };
      return [
        ...[
          scenario.name,
          String(size),
          String(instances),
          String(seed),
          String(all.codes),
          percent(all.failed),
        ],
        ...[percent(all.silenced), percent(joining.failed), String(all.withNothing)],
        ...[String(sent), String(failed), String(silenced)],
        `${reasons(people)}; attack: ${reasons(["attacker"])}`,
      ];
    }),
  ]);
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

/** As many digits as are needed to see that it is not nothing. */
function percent(value: number): string {
  const percents = 100 * value;
  return percents === 0 || percents >= 10
    ? percents.toFixed(0)
    : percents.toPrecision(1 + Number(percents >= 1));
}

/** Of Markdown, the first row is its head. */
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
