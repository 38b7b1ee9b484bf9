import { setTimeout as sleep } from "node:timers/promises";
import type { Contestant, Name } from "../contestants.ts";
import { cpuMs } from "../process-usage.ts";
import type { Stage } from "../stage.ts";
import { median, type Percentiles } from "../statistics.ts";

export interface Throughput {
  readonly cpuMsPerHook: number;
  readonly perSecond: number;
  readonly latency: Percentiles;
  /** Hooks that did not end in SUCCESSFUL, in all rounds. */
  readonly failed: number;
}

export interface WarmPlan {
  /** Sent to each contestant twice before anything is measured. */
  readonly warmUp: number;
  readonly rounds: number;
  readonly requests: number;
  readonly latencySeconds: number;
}

export interface Warm {
  readonly connections: Readonly<Record<20 | 100, Readonly<Record<string, Throughput>>>>;
  /** At 50 hooks a second, sent at fixed moments. */
  readonly steady: Readonly<Record<string, Percentiles>>;
  /** Of the app's events, the share that reached Application Insights' stand-in. */
  readonly eventsArrived: number;
}

export const warmNames = [
  "ours",
  "tutorial-function",
  "floor",
  "floor-undici",
  "tutorial",
  "limit",
] as const satisfies Name[];

/** The telemetry SDK sends what it has every 5 s; what a round caused is counted as its own. */
const lastExport = 6_000;

export async function measureWarm(stage: Stage, plan: WarmPlan): Promise<Warm> {
  const contestants: Contestant[] = [];
  for (const name of warmNames) contestants.push(await warmUp(stage, name, plan.warmUp));
  await stage.azure();
  const before = await stage.eightByEight();
  const few = await measureThroughput(stage, contestants, 20, plan);
  const many = await measureThroughput(stage, contestants, 100, plan);
  const steady = await measureLatency(stage, contestants, plan);
  await sleep(lastExport);
  const hooks = (await stage.eightByEight()).delivered - before.delivered;
  const { events } = await stage.azure();
  for (const contestant of contestants) await contestant.stop();
  return {
    connections: { 20: few, 100: many },
    steady,
    eventsArrived: events / (hooks / contestants.length),
  };
}

/** Until the compiler has settled and, in the pause, the telemetry SDK is loaded. */
export async function warmUp(stage: Stage, name: Name, requests: number): Promise<Contestant> {
  const contestant = await stage.start(name);
  await stage.load({ url: contestant.url, connections: 20, requests });
  await sleep(2_500);
  await stage.load({ url: contestant.url, connections: 20, requests });
  return contestant;
}

/**
 * A B A B. A contestant's CPU is counted from its turn to its next turn, so that what it does
 * afterwards is in it.
 */
async function measureThroughput(
  stage: Stage,
  contestants: Contestant[],
  connections: number,
  plan: WarmPlan,
) {
  const turns = new Map(
    contestants.map(({ name }) => [name, [] as (Throughput & { readonly cpuAtStart: number })[]]),
  );
  for (let round = 0; round < plan.rounds; round++) {
    for (const { name, url, pid } of contestants) {
      const cpuAtStart = cpuMs(pid);
      const { successful, seconds, latency } = await stage.load({
        url,
        connections,
        requests: plan.requests,
      });
      turns.get(name)?.push({
        cpuAtStart,
        cpuMsPerHook: 0,
        perSecond: plan.requests / seconds,
        latency,
        failed: plan.requests - successful,
      });
    }
  }
  await sleep(lastExport);
  return Object.fromEntries(
    contestants.map(({ name, pid }): [Name, Throughput] => {
      const rounds = turns.get(name) ?? [];
      const starts = [...rounds.map(({ cpuAtStart }) => cpuAtStart), cpuMs(pid)];
      const cpu = rounds.map(
        (_, round) => ((starts[round + 1] ?? 0) - (starts[round] ?? 0)) / plan.requests,
      );
      return [
        name,
        {
          cpuMsPerHook: median(cpu),
          perSecond: median(rounds.map(({ perSecond }) => perSecond)),
          latency: medians(rounds.map(({ latency }) => latency)),
          failed: rounds.reduce((sum, { failed }) => sum + failed, 0),
        },
      ];
    }),
  );
}

async function measureLatency(
  stage: Stage,
  contestants: Contestant[],
  { rounds, latencySeconds }: WarmPlan,
) {
  const turns = new Map(contestants.map(({ name }) => [name, [] as Percentiles[]]));
  for (let round = 0; round < rounds; round++)
    for (const { name, url } of contestants)
      turns
        .get(name)
        ?.push((await stage.load({ url, perSecond: 50, seconds: latencySeconds })).latency);
  return Object.fromEntries([...turns].map(([name, latencies]) => [name, medians(latencies)]));
}

function medians(rounds: readonly Percentiles[]): Percentiles {
  const of = (key: keyof Percentiles): number => median(rounds.map((latency) => latency[key]));
  return { p50: of("p50"), p95: of("p95"), p99: of("p99"), max: of("max") };
}
