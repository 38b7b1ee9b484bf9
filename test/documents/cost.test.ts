import { rowsOf } from "./markdown.ts";

/** Returns cents, because sums of fractional dollars are inexact. A dash counts as 0. */
function cents(cell: string): number {
  const [, dollars = "0"] = /\$([\d.]+)\*{0,2}$/.exec(cell) ?? [];
  return Math.round(Number(dollars) * 100);
}

test("the last row of the price table is the sum of the other rows", () => {
  const rows = rowsOf("docs/is-this-for-you.md");
  const at = rows.findIndex(([what]) => what === "**a month**");
  const sums = rows[at]?.slice(1).map(cents) ?? [];
  const totals = sums.map((_, column) =>
    rows.slice(0, at).reduce((total, row) => total + cents(row[column + 1] ?? ""), 0),
  );
  expect([sums.length > 0, sums.every((sum) => sum > 0), totals]).toEqual([true, true, sums]);
});
