import { spawnSync } from "node:child_process";
import { rowsOf } from "../../documents/markdown.ts";
import {
  casesOf,
  isMet,
  judge,
  measure,
  type Case,
} from "../../../tools/guard/simulate/measure.ts";
import { scenarios } from "../../../tools/guard/simulate/scenarios.ts";

const nameOf = ({ scenario, size, instances, provider }: Case) =>
  `${scenario.name} ${size} ${instances} ${provider}`;
const all = scenarios.flatMap((scenario) => casesOf(scenario, [1, 2], [101]));
const caseOf = (name: string): Case[] => all.filter((one) => nameOf(one) === name);

const notMet: readonly string[] = [];

// npm run test:long sets TEST_LONG. Other runs judge a selection of the cases.
const judged = process.env["TEST_LONG"]
  ? all
  : [
      ...["usual 200 1 without", "feed-dead-alone 1000 1 without"],
      ...["outage-everywhere 200 1 without", "merger 200 1 with"],
      ...["names-26 200 1 without", "names-13-call 200 1 without", "accounts-12 200 1 without"],
      ...["newcomers-5 200 1 without", "one-account 200 1 without"],
      ...["pump 200 2 without", "pump-known 200 2 without", "unplaced 200 1 without"],
      ...["foreign-sign-ins 200 2 without"],
    ].flatMap(caseOf);

test.each(judged.map((one) => [nameOf(one), one] as const))(
  "the guard meets its requirements in the case %s",
  (name, one) => {
    const failed = judge(measure(one)).filter((found) => !isMet(found));
    expect(
      failed
        .map(({ want, value }) => [`${name} ${want.says}`, value])
        .filter(([said]) => !notMet.includes(String(said))),
    ).toEqual([]);
  },
);

test("two simulations with the same seed send the attacker the same number of codes", () => {
  const [one] = caseOf("pump 200 2 without");
  const sent = () => one && measure(one).tally.sum({ groups: ["attacker"] }).codes;
  expect(sent()).toEqual(sent());
});

test("every row of docs/guard.md has the words of a scenario", () => {
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
  ["--okta", "perhaps"],
])("npm run guard:simulate exits with 64 on %s %s and names the option", (...args) => {
  const { status, stderr } = spawnSync("node", ["tools/guard/simulate/main.ts", ...args], {
    encoding: "utf8",
  });
  expect([status, stderr]).toEqual([64, expect.stringContaining(args[0])]);
});
