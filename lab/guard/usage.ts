import { parseArgs } from "node:util";
import { weekdays } from "./time.ts";
import { scenarios } from "./scenarios.ts";

export const help = `Replays traffic through the guard's rules with a clock of its own: no code is sent, nothing is called.

  npm run guard:simulate -- [options]

  --scenario NAMES  one or several of these (all):
${scenarios.map(({ name, says }) => `                      ${name.padEnd(18)} ${says}`).join("\n")}
  --codes NUMBER    leaves out companies with more codes a day (10000)
  --seeds NUMBERS   other people at other times, one or several (1)
  --day WEEKDAY     the working day on which something happens: ${weekdays.slice(0, 5).join(", ")} (Tue)
  --overshoot       instead: what a limit lets through before all instances know of it
  --events FILE     instead: what enforcing would have refused of your own codes. FILE is what az prints for
                    infra/queries/export/guard-events.kql
  --help            this text

Limits and exempt ranges are those of the environment, where it has some: GUARD_RANGE_UNFINISHED=20/hour npm run …
With --events, PHONE_POLICY_ALLOWED_COUNTRIES is too. docs/configure.md lists them, docs/guard.md has the rules.

Exit code: 0, also where something is not met: the table says so; 64 wrong usage.`;

export type Usage = ReturnType<typeof readUsage>;

export function readUsage(args = process.argv.slice(2)) {
  const text = (value: string) => ({ type: "string", default: value }) as const;
  const { values } = parseArgs({
    args,
    options: {
      scenario: text("all"),
      codes: text("10000"),
      seeds: text("1"),
      day: text("Tue"),
      overshoot: { type: "boolean", default: false },
      events: { type: "string" },
    },
  });
  const names = values.scenario === "all" ? scenarios.map(({ name }) => name) : values.scenario.split(",");
  const chosen = scenarios.filter(({ name }) => names.includes(name));
  if (chosen.length !== names.length)
    throw new Error(`--scenario is all, or one or several of ${scenarios.map(({ name }) => name).join(", ")}.`);
  const isWhole = (given: number, most: number) => Number.isInteger(given) && given >= 1 && given <= most;
  const [codes, seeds] = [Number(values.codes), values.seeds.split(",").map(Number)];
  if (!isWhole(codes, 100_000)) throw new Error("--codes is a number from 1 to 100000.");
  if (!seeds.every((seed) => isWhole(seed, 1_000_000)))
    throw new Error("--seeds is one or several numbers from 1 to 1000000, with commas between them.");
  const day = weekdays.slice(0, 5).find((name) => name === values.day);
  if (day === undefined) throw new Error("--day is a working day: Mon, Tue, Wed, Thu or Fri.");
  return { scenarios: chosen, codes, seeds, day, overshoot: values.overshoot, events: values.events };
}
