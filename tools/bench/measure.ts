import { setTimeout as sleep } from "node:timers/promises";
import { startApp } from "../local/app.ts";
import { cpuMs, cpuPerRequest, residentMb } from "./process-usage.ts";
import { hook } from "./surroundings.ts";

/** A build that runs in its own process. */
interface Running {
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

/** Measures the builds by turns, because the machine's speed changes during the run. */
export async function measure(
  folders: readonly string[],
  env: Record<string, string>,
  rounds: number,
): Promise<Row[]> {
  const start = async (app: string): Promise<Running> => {
    const running = await startApp(env, { app });
    return { ...running, url: `${running.url}/api/okta/telephony` };
  };
  const starts = await inTurns(folders, rounds, async (folder) => {
    const begin = performance.now();
    const running = await start(folder);
    await send(running.url);
    const ms = performance.now() - begin;
    await running.stop();
    return ms;
  });
  const running = await Promise.all(folders.map(start));
  for (const { url } of running) {
    // Warm up. Under load, V8 optimizes the code. During the pause, the app loads the telemetry
    // SDK.
    await sendAll(url, 5_000);
    await sleep(3_000);
    await sendAll(url, 5_000);
  }
  const full = await loadInTurns(running, rounds, (url) => sendAll(url, 4_000));
  const fixed = await loadInTurns(running, rounds, (url) => sendEachSecond(url, 7));
  await Promise.all(running.map((one) => one.stop()));
  const row = (what: string, digits: number, values: Row["values"]) => ({ what, digits, values });
  return [
    row(
      "CPU per request at full load, ms",
      2,
      full.map(({ cpu }) => cpu),
    ),
    row(
      "CPU per request at 100 a second, ms",
      2,
      fixed.map(({ cpu }) => cpu),
    ),
    row(
      "Requests a second at full load",
      0,
      full.map(({ requests }) => requests.map((n) => n / 4)),
    ),
    row("Start to the first answer, ms", 0, starts),
    row(
      "Memory under full load, MB",
      0,
      full.map(({ memoryMb }) => memoryMb),
    ),
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

async function loadInTurns(
  running: readonly Running[],
  rounds: number,
  load: (url: string) => Promise<number>,
) {
  const all = await inTurns(running, rounds, async ({ pid, url }) => {
    const cpuBeforeMs = cpuMs(pid);
    return { cpuBeforeMs, requests: await load(url), memoryMb: residentMb(pid) };
  });
  // Wait until the telemetry SDK has exported its events, which it does every 5 s.
  await sleep(6_000);
  return all.map((turns, at) => ({
    cpu: cpuPerRequest(turns, cpuMs(running[at]?.pid ?? 0)),
    requests: turns.map(({ requests }) => requests),
    memoryMb: turns.map(({ memoryMb }) => memoryMb),
  }));
}

/** Keeps 20 connections busy. Returns the number of requests. */
async function sendAll(url: string, ms: number): Promise<number> {
  const end = performance.now() + ms;
  let count = 0;
  const keepBusy = async () => {
    for (; performance.now() < end; count++) await send(url);
  };
  await Promise.all(Array.from({ length: 20 }, keepBusy));
  return count;
}

async function sendEachSecond(url: string, seconds: number): Promise<number> {
  for (let second = 0; second < seconds; second++) {
    const end = performance.now() + 1_000;
    for (let count = 0; count < 100; count++) await send(url);
    await sleep(end - performance.now());
  }
  return 100 * seconds;
}

/** Rejects if the answer is not SUCCESSFUL. */
export async function send(url: string): Promise<void> {
  const response = await fetch(url, hook);
  if (!(await response.text()).includes('"SUCCESSFUL"'))
    throw new Error(
      `Nothing was measured, because a build did not answer SUCCESSFUL (HTTP ${response.status}).`,
    );
}
