import { readFile, writeFile } from "node:fs/promises";
import { print, printError } from "../local/terminal.ts";
import type { GuardSettings } from "../src/guard/guard-settings.ts";
import { chosenSettings } from "./guard/chosen-settings.ts";
import { describeEvents, readEvents, replayEvents } from "./guard/exported-events.ts";
import { measure, type Measured } from "./guard/measure.ts";
import { floods, measureOvershoot, type Overshoot } from "./guard/overshoot.ts";
import { draw } from "./guard/picture.ts";
import { describeOvershoots, describeScenarios, describeTargets } from "./guard/report.ts";
import { help, readUsage, type Usage } from "./guard/usage.ts";

async function simulate({ codes, scenarios, seed, picture }: Usage, settings: GuardSettings): Promise<void> {
  const measured: Measured[] = [];
  for (const scenario of scenarios)
    for (const codesPerDay of codes) {
      printError(`${scenario.name}, ${codesPerDay} codes a day`);
      measured.push(measure(scenario, codesPerDay, settings, seed));
    }
  print(describeScenarios(measured));
  print(`\n${scenarios.map(({ name, says }) => `${name}: ${says}`).join("\n")}`);
  print(`\n${describeTargets(measured)}`);
  const overshoots: Overshoot[] = [];
  for (const flood of floods)
    for (const instances of [2, 10])
      for (const exchanged of [true, false])
        overshoots.push(await measureOvershoot(flood, { instances, exchanged, runs: 20, seed }, settings));
  print(`\n${describeOvershoots(overshoots)}`);
  if (picture !== undefined) await writeFile(picture, draw(measured));
}

try {
  if (process.argv.includes("--help")) print(help);
  else {
    const usage = readUsage();
    const settings = chosenSettings(process.env);
    if (usage.events === undefined) await simulate(usage, settings);
    else print(describeEvents(replayEvents(readEvents(await readFile(usage.events, "utf8")), settings)));
  }
} catch (error) {
  printError(`${error instanceof Error ? error.message : String(error)}\nnpm run guard:simulate -- --help says more.`);
  process.exitCode = 64;
}
