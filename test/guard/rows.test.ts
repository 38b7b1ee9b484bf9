import { rows } from "../../src/guard/rows.ts";
import { startingNumbers } from "../../tools/guard/starting-numbers.ts";
import { reasons } from "../../src/rules/reasons.ts";
import { rowsOf } from "../documents/markdown.ts";

test("docs/guard.md has the same limits as the guard's table", () => {
  const shown = rows.map(({ reason, codes, by, limit, subtracts, suppressible }) => [
    `\`${reason}\``,
    codes,
    by,
    limit?.toLocaleString("en") ?? "`GUARD_COUNTRY_BUDGET`",
    subtracts,
    suppressible ? "`SUCCESSFUL`" : "`FAILED`",
  ]);
  const written = rowsOf("docs/guard.md").filter(([reason]) =>
    rows.some((row) => reason === `\`${row.reason}\``),
  );
  expect(written).toEqual(shown);
});

test("the guard's table has at most 16 rows", () => {
  expect(rows.length).toBeLessThanOrEqual(16);
});

test("the guard suppresses only refusals whose reason is marked `abuse`", () => {
  const suppressed = rows.filter(({ suppressible }) => suppressible);
  expect(suppressed.length).toBeGreaterThan(0);
  for (const { reason } of suppressed) expect(reasons[reason]).toMatchObject({ abuse: true });
});

test("the starting numbers are the country limits of the guard's table", () => {
  const limitOf = (needs: (typeof rows)[number]["needs"]) =>
    new Set(
      rows
        .filter((row) => row.by.startsWith("country") && row.needs === needs)
        .map(({ limit }) => limit),
    );
  const { enrollments, recoveries, others, calls } = startingNumbers;
  expect(limitOf("enrollments")).toEqual(new Set([enrollments.day]));
  expect(limitOf("recoveries")).toEqual(new Set([recoveries.day]));
  expect(limitOf("others")).toEqual(new Set([others.day]));
  expect(limitOf("allOthers")).toEqual(new Set([others.all]));
  expect(limitOf("calls")).toEqual(new Set([calls]));
});
