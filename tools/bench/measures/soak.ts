import { setTimeout as sleep } from "node:timers/promises";
import { startApp } from "../../local/app.ts";
import { startChild } from "../child.ts";
import type { SoakLoad, SoakQuestion, SoakTally } from "../load/soak-load.ts";
import { openDescriptors, residentMb, waitedMs } from "../process-usage.ts";
import { apiKey, hookSecret } from "../secrets.ts";
import type { Azure, AzureCounts, Question } from "../stand-ins/azure.ts";
import type { Arrived } from "../stand-ins/event-ledger.ts";
import type { FaultyCounts } from "../stand-ins/faulty-8x8.ts";
import { createTimeline } from "./soak-timeline.ts";

export interface SoakPlan {
  readonly hooks: number;
  readonly perSecond: number;
}

/** Of the app's process when nothing has been asked of it for a while. */
interface AtRest {
  readonly memoryMb: number;
  readonly descriptors: number;
}

export interface Soak extends Pick<SoakTally, "hooks" | "strangers" | "slowestMs"> {
  readonly seconds: number;
  /**
   * For a processor: what else runs on this machine makes hooks late, and is no fault of the app.
   */
  readonly bridgeWaitedSeconds: number;
  readonly rotations: number;
  readonly outages: number;
  readonly eightByEight: FaultyCounts;
  readonly events: Arrived;
  readonly afterTenth: AtRest;
  readonly atEnd: AtRest;
}

/**
 * Short, so that hooks that 8x8 leaves hanging are soon answered; long enough for a Retry-After of
 * one second.
 */
const budgetMs = 1_500;
export const inTimeMs = budgetMs + 100;

const connections = 200;
const tickMs = 250;
/**
 * The longest that anything of the app waits is a read of the vault: 10 s. The SDK sends telemetry
 * every 5 s.
 */
const restMs = 12_000;

/** All that can go wrong at once goes wrong, again and again, while hooks come as ever. */
export async function measureSoak({ hooks, perSecond }: SoakPlan): Promise<Soak> {
  const azure = await startChild<Azure>("stand-ins/azure.ts");
  const eightByEight = await startChild<string>("stand-ins/faulty-8x8.ts");
  const load = await startChild<string>("load/soak-load.ts");
  const askAzure = (question: Question) => azure.ask<AzureCounts>(question);
  const askLoad = (question: SoakQuestion) => load.ask<SoakTally>(question);
  // Tokens that are used up at once: each read of the vault asks the identity.
  await askAzure({
    secrets: { "okta-hook-secret": secretOf(1), "eight-by-eight-api-key": apiKey },
    vaultTokenSeconds: 1,
  });
  const app = await startApp({
    ...azure.ready.env,
    EIGHT_BY_EIGHT_SMS_URL: eightByEight.ready,
    EIGHT_BY_EIGHT_SMS_SUBACCOUNT: "bench_sms",
    HOOK_BUDGET_MS: String(budgetMs),
  });
  const timeline = createTimeline();
  let moment = timeline.advance(0);

  async function send(part: number): Promise<AtRest> {
    const start: SoakLoad = {
      url: `${app.url}/api/okta/telephony`,
      hooks: part,
      perSecond,
      connections,
      inTimeMs,
    };
    let tally = await askLoad({ start, secret: secretOf(moment.oktas) });
    let at = performance.now();
    while (tally.running) {
      await sleep(tickMs);
      const { newest } = moment;
      moment = timeline.advance(performance.now() - at);
      at = performance.now();
      await askAzure({
        outage: moment.outage ?? "none",
        ...(moment.newest > newest && { secrets: { "okta-hook-secret": secretOf(moment.newest) } }),
      });
      tally = await askLoad({ secret: secretOf(moment.oktas), strangers: moment.strangers });
    }
    await askAzure({ outage: "none" });
    await sleep(restMs);
    return { memoryMb: residentMb(app.pid), descriptors: openDescriptors(app.pid) };
  }

  try {
    const start = performance.now();
    const afterTenth = await send(hooks / 10);
    const atEnd = await send(hooks - hooks / 10);
    const { hooks: sent, strangers, slowestMs } = await askLoad({});
    const bridgeWaitedSeconds = waitedMs(app.pid) / 1_000;
    // The sum of the last minute's strangers is sent when the worker stops.
    await app.stop();
    return {
      hooks: sent,
      strangers,
      slowestMs,
      seconds: (performance.now() - start) / 1_000,
      bridgeWaitedSeconds,
      rotations: moment.newest - 1,
      outages: moment.outages,
      eightByEight: await eightByEight.ask({}),
      events: (await askAzure({})).arrived,
      afterTenth,
      atEnd,
    };
  } finally {
    await app.stop();
    await Promise.all([azure, eightByEight, load].map((child) => child.stop()));
  }
}

/** The hook secret's versions differ in their last characters. */
function secretOf(version: number): string {
  return `${hookSecret}-${version}`;
}
