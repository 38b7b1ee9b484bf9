import { readFile } from "node:fs/promises";
import { print, printError } from "../local/terminal.ts";
import { answerHelp } from "../scripts/usage.ts";
import type { GuardSettings } from "../src/guard/guard-settings.ts";
import { chosenSettings } from "./guard/chosen-settings.ts";
import { readEvents } from "./guard/exported-events.ts";
import { casesOf, measure } from "./guard/measure.ts";
import { describeOvershoot } from "./guard/overshoot.ts";
import { describeReplay, replay } from "./guard/replay.ts";
import { describe, describeWants } from "./guard/report.ts";
import { help, readUsage, type Usage } from "./guard/usage.ts";

function simulate({ scenarios, codes, seeds, day }: Usage, settings: GuardSettings): void {
  const cases = scenarios.flatMap((scenario) => seeds.flatMap((seed) => casesOf(scenario, seed, day)));
  const measured = cases
    .filter(({ size }) => size <= codes)
    .flatMap((one) => {
      printError(`${one.scenario.name}, ${one.size} codes a day, seed ${one.seed}`);
      return measure(one, settings);
    });
  print(describe(measured));
  print(`\n${scenarios.map(({ name, says }) => `${name}: ${says}`).join("\n")}`);
  print(`\n${describeWants(measured)}`);
}

async function replayFile(file: string, settings: GuardSettings): Promise<void> {
  const events = readEvents(await readFile(file, "utf8"));
  const allowed = (process.env["PHONE_POLICY_ALLOWED_COUNTRIES"] ?? "").toUpperCase().split(/\s*,\s*/);
  const replayed = (["failed", "suppress"] as const).map((answer) => replay(events, settings, allowed, answer));
  print(replayed.map(describeReplay).join("\n\n"));
  if (replayed.some(({ refused }) => refused.some(({ used }) => used)))
    print("\nA range whose refused codes were used belongs into GUARD_EXEMPT_RANGES.");
}

try {
  answerHelp(help);
  const usage = readUsage();
  const settings = chosenSettings(process.env);
  if (usage.events !== undefined) await replayFile(usage.events, settings);
  else if (usage.overshoot) print(await describeOvershoot(settings, usage.seeds[0] ?? 1));
  else simulate(usage, settings);
} catch (error) {
  printError(`${error instanceof Error ? error.message : String(error)}\nnpm run guard:simulate -- --help says more.`);
  process.exitCode = 64;
}
