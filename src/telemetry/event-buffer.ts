import type { Clock } from "../timing/clock.ts";
import { createRunner } from "../timing/runner.ts";
import type { Exporter, Lost, Measurement, TelemetryEvent } from "./exporter.ts";
import { createLossReport } from "./loss-report.ts";

type Item = TelemetryEvent | Measurement;

const bufferLimit = 5_000;
/**
 * The SDK has a queue for events and one for attempts. Each holds 2,048 items and silently drops
 * the rest. A queue that reaches 512 is sent beside the flush, which then does not wait for it.
 */
const batchLimit = 250;
const attemptsLimit = 500;
/** An event waits this long, so that its conversion does not delay the answer of its own hook. */
const batchAfterMs = 1_000;
/**
 * Each batch is one request for its events and one for their calls. One that is not full waits this
 * long after the last one.
 */
const batchEveryMs = 5_000;
/**
 * After a loss, the event `telemetry-dropped` is sent first. It is tried this often, and all else
 * waits until it has arrived.
 */
const pauseAfterLossMs = 5_000;
/** What is not sent by then is lost: the worker is being stopped. */
const drainTimeoutMs = 2_000;

/** Keeps events until they are sent. Each of them arrives, or is counted as lost. */
export function createEventBuffer(clock: Clock, warn: (message: string) => void) {
  const loss = createLossReport(clock, warn);
  const waiting: Item[] = [];
  let exporter: Exporter | undefined;
  let inFlight: readonly Item[] = [];
  let losing = false;
  let handedOverAt = -Infinity;
  // One batch at a time: an ingestion that hangs holds that one, and all else waits here.
  const runner = createRunner(clock, async () => {
    if (exporter === undefined) return undefined;
    do {
      if (losing && !(await reportLoss(exporter))) return pauseAfterLossMs;
      if (waiting.length > 0) await handOver(exporter);
    } while (losing || waiting.length >= batchLimit || (runner.stopping && waiting.length > 0));
    if (waiting.length > 0) wake();
    return (await reportLoss(exporter)) ? undefined : pauseAfterLossMs;
  });

  function wake(): void {
    const againInMs = handedOverAt + batchEveryMs - clock.elapsed();
    runner.wake(waiting.length < batchLimit ? Math.max(batchAfterMs, againInMs) : 0);
  }

  /** Items of the next batch: one at least. */
  function nextBatchSize(): number {
    let attempts = 0;
    const batch = waiting.slice(0, batchLimit);
    const tooMany = batch.findIndex((item) => (attempts += attemptsOf(item)) > attemptsLimit);
    return tooMany < 0 ? batch.length : Math.max(1, tooMany);
  }

  async function handOver(to: Exporter): Promise<void> {
    handedOverAt = clock.elapsed();
    const batch = (inFlight = waiting.splice(0, nextBatchSize()));
    const lost = await deliver(to, batch);
    losing = anything(lost);
    // Otherwise `drain` has timed out and counted the batch.
    if (inFlight === batch) loss.lost(lost);
    inFlight = [];
  }

  async function reportLoss(to: Exporter): Promise<boolean> {
    losing = !(await loss.report(async (event) => !anything(await deliver(to, [event]))));
    return !losing;
  }

  return {
    push(item: Item): void {
      if (waiting.length < bufferLimit) waiting.push(item);
      else loss.dropped();
      if (exporter !== undefined) wake();
    },
    /** The SDK is loaded: it gets the events that wait, and all later ones. */
    open(loaded: Exporter): void {
      exporter = loaded;
      runner.wake(0);
    },
    /** Sends all that waits, and counts what could not be sent in time. */
    async drain(): Promise<void> {
      await runner.flush(drainTimeoutMs);
      const unsent = [...inFlight, ...waiting.splice(0)];
      inFlight = [];
      loss.end(eventsIn(unsent));
    },
  };
}

async function deliver(exporter: Exporter, batch: readonly Item[]): Promise<Lost> {
  try {
    for (const item of batch) exporter.send(item);
    return await exporter.flush();
  } catch {
    return { events: eventsIn(batch), others: batch.length - eventsIn(batch) };
  }
}

function attemptsOf(item: Item): number {
  return "name" in item ? item.attempts.length : 0;
}

function eventsIn(items: readonly Item[]): number {
  return items.filter((item) => "name" in item).length;
}

function anything({ events, others }: Lost): boolean {
  return events + others > 0;
}
