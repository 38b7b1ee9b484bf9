import { parseArgs } from "node:util";
import { print, printError } from "../../terminal.ts";
import { answerHelp } from "../../usage.ts";
import { casesOf, measure, type Measured } from "./measure.ts";
import { describeFraud, describeHarm, describeRuns, describeWants } from "./report.ts";
import { providers, type Provider, type Scenario } from "./scenario.ts";
import { fraud, harm, scenarios } from "./scenarios.ts";

const names = scenarios.map(({ name }) => name);
const help = `npm run guard:simulate -- [options]

Runs the guard against simulated people and attackers, with a simulated clock. It sends no code and
calls no service. Prints the figures for the tables in docs/guard.md, and the requirements of each
scenario. All scenarios take about an hour.

  --scenario NAMES     one or several of these, separated by commas (default: all):
${scenarios.map(({ name, says }) => `                         ${name.padEnd(21)} ${says}`).join("\n")}
  --codes NUMBER       leave out companies with more codes a day (default: 5000)
  --instances NUMBERS  numbers of app instances (default: 1,2)
  --okta WORDS         with or without Okta's own provider (default: with,without)
  --seeds NUMBERS      seeds of the random runs (default: 4101,4102,4103,4104,4105)
  --runs               print a row for each run, too
  --help               print this text

Exit code: 0, even if a requirement is not met (the table shows it); 64 wrong usage.`;

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
    throw new Error(`--scenario needs one or several of ${names.join(", ")}.`);
  const okta = values.okta.split(",");
  if (!okta.every(isProvider)) throw new Error("--okta needs with, without or with,without.");
  const numbers = (option: "codes" | "instances" | "seeds", most: number) => {
    const read = values[option].split(",").map(Number);
    if (read.every((one) => Number.isInteger(one) && one >= 1 && one <= most)) return read;
    throw new Error(`--${option} needs whole numbers from 1 to ${most}.`);
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
    `${error instanceof Error ? error.message : String(error)}\nRun npm run guard:simulate -- --help for the options.`,
  );
  process.exitCode = 64;
}
