import { parseArgs } from "node:util";
import { print, printError } from "../../terminal.ts";
import { answerHelp } from "../../usage.ts";
import { casesOf, measure, type Measured } from "./measure.ts";
import { describeFraud, describeHarm, describeRuns, describeWants } from "./report.ts";
import { providers, type Provider, type Scenario } from "./scenario.ts";
import { fraud, harm, scenarios } from "./scenarios.ts";

const names = scenarios.map(({ name }) => name);
const help = `npm run guard:simulate -- [options]

Drives the guard with invented people and attackers, and a clock of its own: no code is sent,
nothing is called. Prints the two tables of docs/guard.md, and what is wanted of each row. All rows
take about an hour.

  --scenario NAMES     one or several of these (all):
${scenarios.map(({ name, says }) => `                         ${name.padEnd(21)} ${says}`).join("\n")}
  --codes NUMBER       leaves out companies with more codes a day (5000)
  --instances NUMBERS  of the app, one or several (1,2)
  --okta WORDS         an org with Okta's own provider, without it, or both (with,without)
  --seeds NUMBERS      other people at other times, one or several (4101,4102,4103,4104,4105)
  --runs               prints a row for each run too
  --help               this text

Exit code: 0, also where something is not met: the table says so; 64 wrong usage.`;

function readUsage() {
  const text = (value: string) => ({ type: "string", default: value }) as const;
  const { values } = parseArgs({
    options: {
      scenario: text(names.join(",")),
      codes: text("5000"),
      instances: text("1,2"),
      okta: text(providers.join(",")),
      seeds: text("4101,4102,4103,4104,4105"),
      runs: { type: "boolean", default: false },
    },
  });
  const chosen = values.scenario.split(",");
  if (!chosen.every((name) => names.includes(name)))
    throw new Error(`--scenario is one or several of ${names.join(", ")}.`);
  const okta = values.okta.split(",");
  if (!okta.every(isProvider)) throw new Error("--okta is with, without or both.");
  const numbers = (option: "codes" | "instances" | "seeds", most: number) => {
    const read = values[option].split(",").map(Number);
    if (read.every((one) => Number.isInteger(one) && one >= 1 && one <= most)) return read;
    throw new Error(`--${option} takes whole numbers from 1 to ${most}.`);
  };
  const [codes = 0] = numbers("codes", 100_000);
  return {
    chosen,
    codes,
    instances: numbers("instances", 100),
    okta,
    seeds: numbers("seeds", 1_000_000),
    runs: values.runs,
  };
}

function isProvider(word: string): word is Provider {
  return providers.some((one) => one === word);
}

try {
  answerHelp(help);
  const { chosen, codes, instances, okta, seeds, runs } = readUsage();
  const run = (scenarios: readonly Scenario[]): Measured[] =>
    scenarios
      .filter(({ name }) => chosen.includes(name))
      .flatMap((scenario) => casesOf(scenario, instances, seeds, okta))
      .filter(({ size }) => size <= codes)
      .map((one) => {
        printError(
          `${one.scenario.name}, ${one.size} codes a day, ${one.instances} instances, ${one.provider} Okta's provider, seed ${one.seed}`,
        );
        return measure(one);
      });
  const [harmed, defrauded] = [run(harm), run(fraud)];
  const all = [...harmed, ...defrauded];
  print(
    [
      describeHarm(harmed),
      describeFraud(defrauded),
      describeWants(all),
      ...(runs ? [describeRuns(all)] : []),
    ].join("\n\n"),
  );
} catch (error) {
  printError(
    `${error instanceof Error ? error.message : String(error)}\nnpm run guard:simulate -- --help says more.`,
  );
  process.exitCode = 64;
}
