import { among, rows, startingNumbers } from "../../src/guard/rows.ts";
import { rowsOf } from "../documents/markdown.ts";

test("docs/guard.md shows the table of limits as it is", () => {
  const shown = rows.map(({ reason, codes, by, limit, givesBack, suppressible }) => [
    `\`${reason}\``,
    codes,
    by,
    limit?.toLocaleString("en") ?? "`GUARD_COUNTRY_BUDGET`",
    givesBack,
    suppressible ? "`SUCCESSFUL`" : "`FAILED`",
  ]);
  const written = rowsOf("docs/guard.md").filter(([reason]) =>
    rows.some((row) => reason === `\`${row.reason}\``),
  );
  expect(written).toEqual(shown);
});

test("the table has at most 16 rows, and every set of codes is in it", () => {
  expect(rows.length).toBeLessThanOrEqual(16);
  expect(new Set(rows.map(({ codes }) => codes))).toEqual(new Set(Object.keys(among)));
});

test("the numbers to start from are the table's", () => {
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
