import { rowsOf } from "./markdown.ts";

/** Returns cents, because sums of fractional dollars are inexact. A dash counts as 0. */
function cents(cell: string): number {
  const [, dollars = "0"] = /\$([\d.]+)\*{0,2}$/.exec(cell) ?? [];
  return Math.round(Number(dollars) * 100);
}

interface Table {
  readonly lines: readonly (readonly number[])[];
  readonly sum: readonly number[];
}

function tables(): readonly Table[] {
  const found: Table[] = [];
  let lines: (readonly number[])[] = [];
  for (const [what, ...cells] of rowsOf("docs/is-this-for-you.md")) {
    const prices = cells.map(cents);
    if (what === "**a month**") {
      found.push({ lines, sum: prices });
      lines = [];
    } else lines.push(prices);
  }
  return found;
}

test("the last row of each price table is the sum of the other rows", () => {
  expect(tables()).toHaveLength(1);
  for (const { lines, sum } of tables()) {
    expect(sum.every((cents) => cents > 0)).toBe(true);
    expect(
      sum.map((_, column) => lines.reduce((total, prices) => total + (prices[column] ?? 0), 0)),
    ).toEqual(sum);
  }
});
