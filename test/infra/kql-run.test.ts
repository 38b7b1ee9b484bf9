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
  ["7 / 2.0", 3.5],
  ["1.0 / 0.0", Infinity],
  ["100.0 * 1 / 3 > 33.3", true],
  ["isempty(tostring(customDimensions.none))", true],
  ["isnotempty(toint(customDimensions.none))", false],
  ["coalesce(tostring(customDimensions.none), 'b')", "b"],
  ["coalesce(toint(customDimensions.none), 1)", 1],
  ["strcat('a', 1, tostring(customDimensions.none), 'b')", "a1b"],
  ["trim(' ', '  a b ')", "a b"],
  ["todatetime(tostring(customDimensions.none))", null],
  ["(todatetime('2030-01-01T12:00:00.5Z') - timestamp) / 1s", 60.5],
  ["timestamp + 1m == todatetime('2030-01-01T12:00:00Z')", true],
  ["case(1 == 2, 'a', 1 == 1, 'b', 'c')", "b"],
  ["'A' == 'a'", false],
  ["'B' =~ 'b'", true],
  ["'B' in ('a', 'b')", false],
  ["'B' in~ ('a', 'b')", true],
  ["'https://a/API/Health' endswith '/api/health'", true],
  ["'voice-on' !endswith '-OFF'", true],
  ["tostring(customDimensions.none) !~ 'b'", true],
  ["toint('') != 1", true],
  ["toint('') + 1", null],
])("the Kusto expression %s has the value %p", (expression, value) => {
  expect(run(`customEvents | project it = ${expression}`)).toEqual([{ it: value }]);
});

it.each([
  ["an operator", "customEvents | distinct name"],
  ["a function", "customEvents | where strlen(name) > 1"],
  ["an aggregate", "customEvents | summarize stdev(1)"],
  ["a comparison of texts", "customEvents | where name has 'otp'"],
  ["a column without a name", "customEvents | extend strcat(name, name)"],
  ["a named function", "let f = (ms: real) { ms > 1 }; customEvents | where f(1.0)"],
])("runQuery refuses %s, which our queries do not use", (_, query) => {
  expect(() => run(query)).toThrow("has no translation");
});
