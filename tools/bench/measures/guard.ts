import { setTimeout as sleep } from "node:timers/promises";
import { startApp, type App } from "../../local/app.ts";
import { startChild } from "../child.ts";
import type { Load } from "../load/generator.ts";
import type { Decisions } from "../load/guard-decisions.ts";
import { cpuMs } from "../process-usage.ts";
import { apiKey, hookSecret } from "../secrets.ts";
import type { Azure } from "../stand-ins/azure.ts";
import { median } from "../statistics.ts";

export interface GuardPlan {
  readonly decisions: Decisions;
  readonly rounds: number;
  readonly requests: number;
}

export interface GuardCost {
  /** CPU of one decision, the hashes in it, where the guard knows so many numbers of a day. */
  readonly numbers: number;
  readonly decisionUs: number;
  /** CPU of a whole hook, with the guard, and with GUARD_MODE=off. */
  readonly onMsPerHook: number;
  readonly offMsPerHook: number;
}

/** What a hook left to be done later is done by then. */
const restMs = 6_000;

export async function measureGuard({ decisions, rounds, requests }: GuardPlan): Promise<GuardCost> {
  const decider = await startChild<string>("load/guard-decisions.ts");
  const { cpuUs } = await decider.ask<{ cpuUs: number }>(decisions);
  await decider.stop();

  const azure = await startChild<Azure>("stand-ins/azure.ts", { PATH: process.env["PATH"] });
  const eightByEight = await startChild<string>("stand-ins/8x8.ts");
  const generator = await startChild<string>("load/generator.ts");
  const secrets = {
    "okta-hook-secret": hookSecret,
    "eight-by-eight-api-key": apiKey,
    "phone-hash-key": "a key",
  };
  await azure.ask({ secrets });
  const start = (GUARD_MODE: string): Promise<App> =>
    startApp({
      ...azure.ready.env,
      GUARD_MODE,
      STATE_TABLE_URL: azure.ready.tableUrl,
      EIGHT_BY_EIGHT_SMS_URL: eightByEight.ready,
      EIGHT_BY_EIGHT_SMS_SUBACCOUNT: "bench_sms",
    });
  const apps = { on: await start("record"), off: await start("off") };
  const load = ({ url }: App, count: number) =>
    generator.ask<Load>({ url: `${url}/api/okta/telephony`, connections: 20, requests: count });

  for (const app of [apps.on, apps.off, apps.on, apps.off]) {
    await load(app, 2 * requests);
    await sleep(restMs);
  }
  const costs = { on: [] as number[], off: [] as number[] };
  for (let round = 0; round < rounds; round++)
    for (const which of ["on", "off"] as const) {
      const before = cpuMs(apps[which].pid);
      await load(apps[which], requests);
      await sleep(restMs);
      costs[which].push((cpuMs(apps[which].pid) - before) / requests);
    }
  await Promise.all([apps.on, apps.off].map((app) => app.stop()));
  await Promise.all([azure, eightByEight, generator].map((child) => child.stop()));
  return {
    numbers: decisions.numbers,
    decisionUs: cpuUs,
    onMsPerHook: median(costs.on),
    offMsPerHook: median(costs.off),
  };
}
