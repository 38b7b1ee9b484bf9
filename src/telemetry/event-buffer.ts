import type { Clock } from "../timing/clock.ts";
import { createRunner } from "../timing/background.ts";
import type { Exporter, Lost, Measurement, TelemetryEvent } from "./exporter.ts";
import { createLossReport } from "./loss-report.ts";

type Item = TelemetryEvent | Measurement;

const bufferLimit = 5_000;
/**
 * The SDK has one queue for events and one for attempts. Each holds 2,048 items and silently drops
 * the rest. At 512 items the SDK sends a queue by itself, and a flush does not wait for that.
 */
const batchLimit = 250;
const attemptsLimit = 500;
/** An event waits this long, because its conversion must not delay the answer of its request. */
const batchAfterMs = 1_000;
/**
 * A batch that is not full is sent this long after the previous batch. Each batch costs one request
 * for its events and one for their attempts.
 */
const batchEveryMs = 5_000;
/** This long after a loss, `telemetry-dropped` is tried again. Other items wait for it. */
const pauseAfterLossMs = 5_000;
/** When the worker stops, items that are not sent within this time are lost. */
const drainTimeoutMs = 2_000;

/** Keeps items until they are sent. Each event arrives or is counted as lost. */
export function createEventBuffer(clock: Clock, warn: (message: string) => void) {
  const loss = createLossReport(clock, warn);
  const waiting: Item[] = [];
  let exporter: Exporter | undefined;
  let pending: readonly Item[] = [];
  let losing = false;
  let handedOverAt = -Infinity;
  // One batch at a time. If the ingestion hangs, only that batch can be lost.
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

  /** At least one item. */
  function nextBatchSize(): number {
    let attempts = 0;
    const batch = waiting.slice(0, batchLimit);
    const tooMany = batch.findIndex((item) => (attempts += attemptsOf(item)) > attemptsLimit);
    return tooMany < 0 ? batch.length : Math.max(1, tooMany);
  }

  async function handOver(to: Exporter): Promise<void> {
    handedOverAt = clock.elapsed();
    const batch = (pending = waiting.splice(0, nextBatchSize()));
    const lost = await deliver(to, batch);
    losing = anything(lost);
    // If the batch is no longer pending, `drain` has timed out and has counted it.
    if (pending === batch) loss.lost(lost);
    pending = [];
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
    /** Sends the waiting items, and all later ones, to the loaded SDK. */
    open(loaded: Exporter): void {
      exporter = loaded;
      runner.wake(0);
    },
    /** Sends the waiting items, and counts those that could not be sent in time. */
    async drain(): Promise<void> {
      await runner.flush(drainTimeoutMs);
      const unsent = [...pending, ...waiting.splice(0)];
      pending = [];
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
