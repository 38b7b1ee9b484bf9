import { parseArgs } from "node:util";
import { scenarios } from "./scenarios.ts";

export const help = `Replays traffic through the guard's rules with a clock of its own: no code is sent, nothing is called.

  npm run guard:simulate -- [options]

  --codes NUMBERS   codes a day of the company, one or several (200,1000,10000)
  --scenario NAMES  one or several of these (all):
${scenarios.map(({ name, says }) => `                      ${name.padEnd(14)} ${says}`).join("\n")}
  --seed NUMBER     other people at other times (1)
  --picture FILE    draws the result, as SVG
  --events FILE     instead: what enforcing would have refused of your own codes. FILE is what az prints for
                    infra/queries/export/guard-events.kql
  --help            this text

Limits and exempt ranges are those of the environment, where it has some: GUARD_RANGE_UNVERIFIED=20/hour npm run …
docs/configure.md lists them, docs/guard.md says what the rules are.

Exit code: 0, also where a target is not met: the table says so; 64 wrong usage.`;

export type Usage = ReturnType<typeof readUsage>;

export function readUsage(args = process.argv.slice(2)) {
  const text = (value: string) => ({ type: "string", default: value }) as const;
  const { values } = parseArgs({
    args,
    options: {
      codes: text("200,1000,10000"),
      scenario: text("all"),
      seed: text("1"),
      picture: { type: "string" },
      events: { type: "string" },
    },
  });
  const codes = values.codes.split(",").map(Number);
  if (!codes.every((count) => Number.isInteger(count) && count >= 10 && count <= 100_000))
    throw new Error("--codes is one or several numbers from 10 to 100000, with commas between them.");
  const names = values.scenario === "all" ? scenarios.map(({ name }) => name) : values.scenario.split(",");
  const chosen = scenarios.filter(({ name }) => names.includes(name));
  if (chosen.length !== names.length)
    throw new Error(`--scenario is all, or one or several of ${scenarios.map(({ name }) => name).join(", ")}.`);
  const seed = Number(values.seed);
  if (!Number.isInteger(seed) || seed < 1 || seed > 1_000_000) throw new Error("--seed is a number from 1 to 1000000.");
  return { codes, scenarios: chosen, seed, picture: values.picture, events: values.events };
}
