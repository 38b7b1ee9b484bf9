/** @jest-environment <rootDir>/test/infra/kusto-environment.ts */
// This suite computes the tables of docs/maintainers/alert-times.md for all sizes. It takes 20
// minutes of CPU.
import { rowsOf } from "../documents/markdown.ts";
import { falseAlarms, outageCells, outages } from "./alert-simulation.ts";

const written = (name: string) =>
  rowsOf("docs/maintainers/alert-times.md")
    .find(([first]) => first === name)
    ?.slice(1);
const sizes = [30, 200, 1_000, 14_000];

test.each(sizes.flatMap((size) => Object.keys(outages).map((outage) => [size, outage] as const)))(
  "docs/maintainers/alert-times.md has the computed figures of %i, %s",
  (size, outage) => {
    expect(outageCells(size, outage)).toEqual(written(`${size.toLocaleString("en")}, ${outage}`));
  },
  3_600_000,
);

// A run with 14,000 codes a day takes four minutes.
test.each(sizes.filter((size) => size < 14_000))(
  "docs/maintainers/alert-times.md has the number of false pages with %i codes a day",
  (codesPerDay) => {
    const runs = [1, 2, 3, 4, 5, 6, 7, 8];
    const counts = (["office hours", "shifts"] as const).flatMap((works) =>
      [0.05, 0.08].map((wrong) => {
        const all = runs.flatMap((seed) => falseAlarms({ codesPerDay, works, wrong, seed }));
        return String(all.filter(({ severity }) => severity === 1).length);
      }),
    );
    expect(counts).toEqual(written(`${codesPerDay.toLocaleString("en")} codes a day`));
  },
  10_000_000,
);
