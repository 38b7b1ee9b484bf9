import { setTimeout as sleep } from "node:timers/promises";
import { startApp } from "../../local/app.ts";
import { startChild } from "../child.ts";
import type { BesideLoad, BesideTally } from "../load/beside-load.ts";
import type { Load, OpenLoop } from "../load/generator.ts";
import { apiKey, eventSecret, hookSecret, receiptSecret } from "../secrets.ts";
import type { Azure, AzureCounts } from "../stand-ins/azure.ts";
import { median, type Percentiles } from "../statistics.ts";

export interface BesidePlan {
  readonly rounds: number;
  readonly seconds: number;
}

export interface Beside {
  /**
   * Of hooks at 50 a second, by themselves and beside 100 receipts and events a second: medians of
   * the rounds.
   */
  readonly alone: Percentiles;
  readonly beside: Percentiles;
  /** Hooks that did not end in SUCCESSFUL. */
  readonly failed: number;
  readonly reports: { readonly sent: number; readonly taken: number };
  /** Outcomes that found the code they were of. */
  readonly joined: number;
}

const hooksPerSecond = 50;
const reportsPerSecond = 100;
const people = 500;
/** What a hook left to be done later is done by then. */
const restMs = 3_000;

/** With all that is beside hooks switched on: receipts, events, the table, feedback. */
export async function measureBeside({ rounds, seconds }: BesidePlan): Promise<Beside> {
  const azure = await startChild<Azure>("stand-ins/azure.ts", { PATH: process.env["PATH"] });
  const eightByEight = await startChild<string>("stand-ins/8x8.ts");
  const generator = await startChild<string>("load/generator.ts");
  const reporter = await startChild<string>("load/beside-load.ts");
  const secrets = { "okta-hook-secret": hookSecret, "eight-by-eight-api-key": apiKey };
  await azure.ask({
    secrets: { ...secrets, "okta-event-secret": eventSecret, "receipt-secret": receiptSecret },
  });
  const app = await startApp({
    ...azure.ready.env,
    STATE_TABLE_URL: azure.ready.tableUrl,
    EIGHT_BY_EIGHT_FEEDBACK: "send",
    EIGHT_BY_EIGHT_SMS_URL: eightByEight.ready,
    EIGHT_BY_EIGHT_SMS_SUBACCOUNT: "bench_sms",
  });
  const url = `${app.url}/api/okta/telephony`;
  const sendHooks = () =>
    generator.ask<Load>({ url, perSecond: hooksPerSecond, seconds, people } satisfies OpenLoop);
  const sendReports = () =>
    reporter.ask<BesideTally>({
      url: app.url,
      perSecond: reportsPerSecond,
      seconds,
      people,
    } satisfies BesideLoad);

  await generator.ask({ url, connections: 20, requests: 10_000 });
  await sleep(restMs);
  await Promise.all([sendHooks(), sendReports()]);
  await sleep(restMs);
  await azure.ask<AzureCounts>({});

  const [alone, beside, tallies]: [Load[], Load[], BesideTally[]] = [[], [], []];
  for (let round = 0; round < rounds; round++) {
    alone.push(await sendHooks());
    await sleep(restMs);
    const [hooks, tally] = await Promise.all([sendHooks(), sendReports()]);
    beside.push(hooks);
    tallies.push(tally);
    await sleep(restMs);
  }
  await app.stop();
  const { joined } = await azure.ask<AzureCounts>({});
  await Promise.all([azure, eightByEight, generator, reporter].map((child) => child.stop()));
  const sum = (counts: readonly number[]): number =>
    counts.reduce((total, count) => total + count, 0);
  return {
    alone: medians(alone),
    beside: medians(beside),
    failed: sum([...alone, ...beside].map(({ other, lost }) => other + lost)),
    reports: {
      sent: rounds * reportsPerSecond * seconds,
      taken: sum(tallies.map((tally) => (tally["200"] ?? 0) + (tally["204"] ?? 0))),
    },
    joined,
  };
}

function medians(rounds: readonly Load[]): Percentiles {
  const of = (key: keyof Percentiles): number => median(rounds.map(({ latency }) => latency[key]));
  return { p50: of("p50"), p95: of("p95"), p99: of("p99"), max: of("max") };
}
