import { setTimeout as sleep } from "node:timers/promises";
import type { Contestant, Running } from "./contestants.ts";
import { sendFirst, sendLoad } from "./load.ts";
import { cpuMs, cpuPerRequest, residentMb } from "./process-usage.ts";
import type { Row } from "./table.ts";

/** Load before a measurement, long enough for V8 to optimize the code. */
const warmUp = { connections: 20, duration: 5 };
const fullLoad = { connections: 20, duration: 4 };
const fixedRate = { connections: 1, overallRate: 100, duration: 7 };
/**
 * Pause in which the app loads the telemetry SDK, which happens only while no request is pending.
 */
const warmUpPauseMs = 3_000;
/** Pause for the last export of the telemetry SDK, which exports every 5 s. */
const lastExportMs = 6_000;

/** Returns rows with one value for each round and contestant. Rejects if a request fails. */
export async function measure(contestants: readonly Contestant[], rounds: number): Promise<Row[]> {
  const starts = await inTurns(contestants, rounds, startOnce);
  const running: Running[] = [];
  for (const contestant of contestants) running.push(await startWarm(contestant));
  const full = await loadInTurns(running, rounds, fullLoad);
  const fixed = await loadInTurns(running, rounds, fixedRate);
  for (const contestant of running) await contestant.stop();
  return [
    { what: "CPU per request at full load, ms", values: full.map(({ cpu }) => cpu), digits: 2 },
    { what: "CPU per request at 100 a second, ms", values: fixed.map(({ cpu }) => cpu), digits: 2 },
    {
      what: "Requests a second at full load",
      values: full.map(({ perSecond }) => perSecond),
      digits: 0,
    },
    {
      what: "Start to the first answer, ms",
      values: starts.map(({ values }) => values),
      digits: 0,
    },
    { what: "Memory under full load, MB", values: full.map(({ memoryMb }) => memoryMb), digits: 0 },
  ];
}

/** Runs the contestants by turns, so that a change of the machine's speed affects all of them. */
async function inTurns<C, T>(
  contestants: readonly C[],
  rounds: number,
  once: (one: C) => Promise<T>,
) {
  const all = contestants.map((contestant) => ({ contestant, values: [] as T[] }));
  for (let round = 0; round < rounds; round++)
    for (const { contestant, values } of all) values.push(await once(contestant));
  return all;
}

async function startOnce(contestant: Contestant): Promise<number> {
  const begin = performance.now();
  const running = await contestant.start();
  await sendFirst(running);
  const ms = performance.now() - begin;
  await running.stop();
  return ms;
}

async function startWarm(contestant: Contestant): Promise<Running> {
  const running = await contestant.start();
  await sendLoad(running, warmUp);
  await sleep(warmUpPauseMs);
  await sendLoad(running, warmUp);
  return running;
}

async function loadInTurns(running: readonly Running[], rounds: number, load: object) {
  const all = await inTurns(running, rounds, async (contestant) => {
    const cpuBeforeMs = cpuMs(contestant.pid);
    const { "2xx": requests, duration } = await sendLoad(contestant, load);
    const memoryMb = residentMb(contestant.pid);
    return { cpuBeforeMs, requests, perSecond: requests / duration, memoryMb };
  });
  await sleep(lastExportMs);
  return all.map(({ contestant, values }) => ({
    cpu: cpuPerRequest(values, cpuMs(contestant.pid)),
    perSecond: values.map(({ perSecond }) => perSecond),
    memoryMb: values.map(({ memoryMb }) => memoryMb),
  }));
}
