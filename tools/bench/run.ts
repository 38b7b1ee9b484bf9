import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { removeApps } from "./contestants.ts";
import { describeMachine } from "./machine.ts";
import { measureBeside } from "./measures/beside.ts";
import { measureCold } from "./measures/cold.ts";
import { measureGuard } from "./measures/guard.ts";
import { measureHanging } from "./measures/hanging.ts";
import { measureIdle } from "./measures/idle.ts";
import { measureMemory } from "./measures/memory.ts";
import { measurePackage } from "./measures/package.ts";
import { measureSoak } from "./measures/soak.ts";
import { measureWarm } from "./measures/warm.ts";
import { answerHelp } from "../usage.ts";
import { draw } from "./report/picture.ts";
import { describe } from "./report/table.ts";
import type { Results } from "./results.ts";
import { setStage, type Stage } from "./stage.ts";

const help = `Measures the built bundle against the tutorial as a Function and as a server, the platform floor,
the bare limit and hello world.

  npm run bench -- [--quick] [--only warm,cold,hanging,beside,guard,idle,memory,package,soak]

About 48 minutes, on loopback, on a machine that does nothing else; --quick takes eight and proves
nothing.
Writes tools/bench/results.json and tools/bench/results.svg; with --quick or --only they stay
as they are.`;

answerHelp(help);
const { values } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    only: { type: "string" },
  },
});
const { quick } = values;

const measures: Readonly<Record<string, (stage: Stage, results: Results) => Promise<void>>> = {
  async package(_, results) {
    results.package = await Promise.resolve(measurePackage());
  },
  async cold(stage, results) {
    results.cold = await measureCold(stage, quick ? 5 : 21);
  },
  async warm(stage, results) {
    const full = { warmUp: 20_000, rounds: 7, requests: 10_000, latencySeconds: 10 };
    results.warm = await measureWarm(
      stage,
      quick ? { warmUp: 5_000, rounds: 3, requests: 4_000, latencySeconds: 4 } : full,
    );
  },
  async hanging(stage, results) {
    results.hanging = await measureHanging(stage);
  },
  async beside(_, results) {
    results.beside = await measureBeside(
      quick ? { rounds: 3, seconds: 4 } : { rounds: 7, seconds: 20 },
    );
  },
  async guard(_, results) {
    const [full, short] = [
      {
        decisions: { numbers: 100_000, rounds: 7, decisions: 100_000 },
        rounds: 7,
        requests: 10_000,
      },
      { decisions: { numbers: 100_000, rounds: 3, decisions: 50_000 }, rounds: 3, requests: 4_000 },
    ];
    results.guard = await measureGuard(quick ? short : full);
  },
  async memory(stage, results) {
    results.memory = await measureMemory(stage, { requests: quick ? 5_000 : 20_000, parts: 10 });
  },
  async idle(stage, results) {
    results.idle = await measureIdle(stage, quick ? [5, 5] : [5, 5, 5, 30, 30, 120, 300]);
  },
  async soak(_, results) {
    results.soak = await measureSoak(
      quick ? { hooks: 10_000, perSecond: 200 } : { hooks: 200_000, perSecond: 650 },
    );
  },
};

async function run(names: readonly string[]): Promise<void> {
  const results: Results = { machine: describeMachine(), quick };
  const stage = await setStage();
  try {
    for (const name of names) {
      console.error(`Measuring: ${name}`);
      await measures[name]?.(stage, results);
    }
  } finally {
    await stage.close();
  }
  console.log(`\n${describe(results)}`);
  if (quick || values.only !== undefined) return;
  await writeFile("tools/bench/results.json", `${JSON.stringify(results, null, 2)}\n`);
  await writeFile("tools/bench/results.svg", draw(results));
}

// Whatever hangs, it ends: this is twice what all of it takes. The children end with this process.
setTimeout(() => process.exit(1), 80 * 60_000).unref();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => process.exit(1));
process.on("exit", removeApps);
const names = values.only?.split(",") ?? Object.keys(measures);
const unknown = names.filter((name) => !Object.hasOwn(measures, name));
if (unknown.length > 0) {
  console.error(`There is no measure ${unknown.join(", ")}.\n\n${help}`);
  process.exitCode = 64;
} else await run(names);
