/** @jest-environment <rootDir>/test/infra/kusto-environment.ts */
// The expected results come from Kusto's documentation. JavaScript treats the expressions differently.
import { runQuery } from "./kql-run.ts";

const now = new Date("2030-01-01T12:00:00Z");
const customEvents = [
  { timestamp: new Date(now.getTime() - 60_000), name: "an-event", customDimensions: { a: "b" } },
];
const run = (query: string) => runQuery(query, { customEvents }, now);

it.each([
  ["7 / 2", 3],
  ["1.0 / 0.0", Infinity],
  ["strcat('a', 1, tostring(customDimensions.none), 'b')", "a1b"],
  ["trim(' ', '  a b ')", "a b"],
  ["'A' == 'a'", false],
  ["'B' in ('a', 'b')", false],
  ["'https://a/API/Health' endswith '/api/health'", true],
  ["'voice-on' !endswith '-OFF'", true],
  ["toint('') != 1", true],
  ["toint('') + 1", null],
])("the Kusto expression %s has the value %p", (expression, value) => {
  expect(run(`customEvents | project it = ${expression}`)).toEqual([{ it: value }]);
});

it.each([
  ["an operator", "customEvents | distinct name"],
  ["a function", "customEvents | where strlen(name) > 1"],
  ["an aggregate", "customEvents | summarize stdev(1)"],
])("runQuery refuses %s, which our queries do not use", (_, query) => {
  expect(() => run(query)).toThrow("has no translation");
});
