import { spawnSync } from "node:child_process";
import { rowsOf } from "../../documents/markdown.ts";
import { attacks } from "../../../tools/guard/simulate/attacks.ts";
import { harm } from "../../../tools/guard/simulate/harm.ts";
import {
  casesOf,
  isMet,
  judge,
  measure,
  type Case,
} from "../../../tools/guard/simulate/measure.ts";

const scenarios = [...harm, ...attacks];
const nameOf = ({ scenario, size, instances }: Case) => `${scenario.name} ${size} ${instances}`;
const caseOf = (name: string): Case[] =>
  scenarios
    .flatMap((scenario) => casesOf(scenario, [1, 2], [101]))
    .filter((one) => nameOf(one) === name);

/**
 * Not met. After an outage everywhere 2.3 % of codes; of twelve names' owners one asks among few;
 * and where three people happen to be in a public range it is known, and lets 240 enrollments a day
 * through.
 */
const notMet: readonly string[] = [
  "outage-everywhere 1000 1 FAILED",
  ...["200 2", "1000 1"].map((of) => `resets-twelve ${of} recoveries FAILED`),
  ...["5000 1", "5000 2"].map((of) => `typed-in ${of} sent of the attack`),
];

// TEST_LONG: npm run test:long.
const judged = process.env["TEST_LONG"]
  ? scenarios.flatMap((scenario) => casesOf(scenario, [1, 2], [101]))
  : [
      ...[
        "usual 200 1",
        "usual-anonymous 200 2",
        "outage 200 1",
        "sim-cards-late 200 1",
        "merger 200 1",
      ],
      ...[
        "resets-twelve 200 1",
        "one-account 200 1",
        "one-account-enrolls 200 1",
        "small-countries 200 1",
        "sms-pumping 200 2",
      ],
      ...["sms-pumping-known 200 1", "typed-in 200 1", "unplanned 200 1", "unknown 1000 1"],
    ].flatMap(caseOf);

test.each(judged.map((one) => [nameOf(one), one] as const))(
  "the guard shows what it must: %s",
  (name, one) => {
    const failed = judge(measure(one)).filter((found) => !isMet(found));
    expect(
      failed
        .map(({ want, value }) => [`${name} ${want.says}`, value])
        .filter(([said]) => !notMet.includes(String(said))),
    ).toEqual([]);
  },
);

test("the same seed gives the same figures", () => {
  const [one] = caseOf("sms-pumping 200 2");
  const sent = () => one && measure(one).tallies.attacker.codes;
  expect(sent()).toEqual(sent());
});

test("docs/guard.md shows rows that are printed", () => {
  const says = new Set(scenarios.map((scenario) => scenario.says));
  const shown = rowsOf("docs/guard.md").flatMap(([first = ""]) =>
    first.startsWith("`") ? [] : [first],
  );
  expect(shown.length).toBeGreaterThan(5);
  expect(shown.filter((first) => !says.has(first))).toEqual([]);
});

test.each([
  ["--codes", "0"],
  ["--instances", "many"],
  ["--scenario", "usual,peace"],
  ["--seeds", "1,x"],
])("%s %s is wrong usage", (...args) => {
  const { status, stderr } = spawnSync("node", ["tools/guard/simulate/main.ts", ...args], {
    encoding: "utf8",
  });
  expect([status, stderr]).toEqual([64, expect.stringContaining(args[0])]);
});
