/** @jest-environment <rootDir>/test/infra/kusto-environment.ts */
// This suite computes the rows of docs/maintainers/alert-times.md for 200 codes a day.
import { rowsOf } from "../documents/markdown.ts";
import { day, hour, minute } from "../guard/company.ts";
import { falseAlarms, noticeOf, outageCells, outages, starts } from "./alert-simulation.ts";

const notices = (outage: string, start: string, more: object = {}) =>
  [1, 2].map((seed) => noticeOf(outage, start, { codesPerDay: 200, seed, ...more }));

test.each(Object.keys(outages))(
  "docs/maintainers/alert-times.md has the figures of 200, %s",
  (outage) => {
    const written = rowsOf("docs/maintainers/alert-times.md").find(
      ([name]) => name === `200, ${outage}`,
    );
    expect(outageCells(200, outage)).toEqual(written?.slice(1));
  },
);

const limits = [
  ["8x8 hangs", {}, 7],
  ["8x8 hangs", { asksAgain: false }, 7],
  ["8x8 hangs", { example: "small" }, 17],
  ["Okta has an old secret", {}, 18],
] as const;

test.each(Object.keys(starts).flatMap((start) => limits.map((it) => [start, ...it] as const)))(
  "from %s, a page comes soon after the third lost code if %s (%j, %i minutes)",
  (start, outage, more, minutes) => {
    for (const page of notices(outage, start, more))
      expect(page?.sinceThird).toBeLessThanOrEqual(minutes);
  },
);

test("codes-failing names the country that hangs, if other countries get codes meanwhile", () => {
  const shown = notices("a country hangs", "Tuesday 12:00").map((page) => page?.shows);
  expect(shown).toContain("none-accepted, US, deadline");
});

test("silence pages at noon, and sends a ticket at night and on a quiet day", () => {
  const severities = Object.keys(starts).map((start) =>
    notices("Okta does not call", start)
      .map((it) => it?.severity)
      .join(),
  );
  expect(severities).toEqual(["1,1", "2,2", "2,2", "2,2"]);
});

test.each([
  ["a stranger who calls for 20 minutes at night pages once", 3, 20, ["only-401s"]],
  ["a stranger who calls for 10 minutes at noon pages no one", 12, 10, []],
])("in four weeks with 8 %% of wrong numbers, %s", (_, fromHour, minutes, shown) => {
  const from = 10 * day + fromHour * hour;
  const stranger = [from, from + minutes * minute] as const;
  const found = falseAlarms({ codesPerDay: 200, seed: 1, wrong: 0.08, stranger });
  expect(found.filter((it) => it.severity === 1).map((it) => it.shows)).toEqual(shown);
});
