import { setTimeout as sleep } from "node:timers/promises";
import { startApp } from "../local/app.ts";
import { cpuMs, residentMb } from "./process-usage.ts";
import { hook } from "./surroundings.ts";

export interface Build {
  /** What the output calls the build. */
  readonly name: string;
  readonly folder: string;
}

interface Running extends Build {
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** A measured quantity. `values` has a list for each build, with a value for each round. */
export interface Row {
  readonly what: string;
  readonly values: readonly (readonly number[])[];
  readonly digits: number;
}

const loadMs = 4_000;
/** The telemetry SDK exports its events every 5 s. */
const exportMs = 6_000;

/** Measures the builds by turns, because the machine's speed changes during the run. */
export async function measure(
  builds: readonly Build[],
  env: Record<string, string>,
  rounds: number,
): Promise<Row[]> {
  const start = async (build: Build): Promise<Running> => {
    const { url, ...running } = await startApp(env, { app: build.folder });
    return { ...build, ...running, url: `${url}/api/okta/telephony` };
  };
  const starts = await inTurns(builds, rounds, async (build) => {
    const running = await start(build);
    await send(running);
    const usedMs = cpuMs(running.pid);
    await running.stop();
    return usedMs;
  });
  const running = await Promise.all(builds.map(start));
  for (const one of running) {
    // Under load, V8 optimizes the code. During the pause, the app loads the telemetry SDK.
    await sendAll(one);
    await sleep(3_000);
    await sendAll(one);
  }
  const loads = await inTurns(running, rounds, async (one) => {
    const beforeMs = cpuMs(one.pid);
    const requests = await sendAll(one);
    const memoryMb = residentMb(one.pid);
    await sleep(exportMs);
    return { cpu: (cpuMs(one.pid) - beforeMs) / requests, requests, memoryMb };
  });
  await Promise.all(running.map((one) => one.stop()));
  const valuesOf = (name: "cpu" | "requests" | "memoryMb", per = 1) =>
    loads.map((turns) => turns.map((turn) => turn[name] / per));
  return [
    { what: "CPU per request, ms", digits: 2, values: valuesOf("cpu") },
    { what: "CPU until the first answer, ms", digits: 0, values: starts },
    { what: "Requests a second", digits: 0, values: valuesOf("requests", loadMs / 1_000) },
    { what: "Memory under full load, MB", digits: 0, values: valuesOf("memoryMb") },
  ];
}

async function inTurns<One, Value>(
  all: readonly One[],
  rounds: number,
  once: (one: One) => Promise<Value>,
): Promise<Value[][]> {
  const values = all.map((): Value[] => []);
  for (let round = 0; round < rounds; round++)
    for (const [at, one] of all.entries()) values[at]?.push(await once(one));
  return values;
}

type Answering = Pick<Running, "name" | "url">;

/** Keeps 20 connections busy. Returns the number of requests. */
async function sendAll(build: Answering): Promise<number> {
  const end = performance.now() + loadMs;
  let count = 0;
  const keepBusy = async () => {
    for (; performance.now() < end; count++) await send(build);
  };
  await Promise.all(Array.from({ length: 20 }, keepBusy));
  return count;
}

/** Rejects if the answer is not SUCCESSFUL. */
async function send({ name, url }: Answering): Promise<void> {
  const response = await fetch(url, hook);
  if (!(await response.text()).includes('"SUCCESSFUL"'))
    throw new Error(
      `Nothing was measured, because ${name} did not answer SUCCESSFUL (HTTP ${response.status}).`,
    );
}
