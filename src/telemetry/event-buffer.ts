import type { Exporter, Lost, Measurement, TelemetryEvent } from "./exporter.ts";
import { createLossReport } from "./loss-report.ts";

type Item = TelemetryEvent | Measurement;

const bufferLimit = 5_000;
/**
 * The SDK's queues hold 2,048 items and drop the rest without a word. One that reaches 512 is sent beside the flush, which then
 * does not wait for it. An event is one item in the first queue and up to two, its calls, in the second.
 */
const batchLimit = 250;
/** So long, and nothing is converted while the hook that it tells of is being answered. */
const batchAfterMs = 1_000;
/** After a loss all waits, until the event that tells of it has arrived: tried once in so long. */
const pauseAfterLossMs = 5_000;
/** What is not sent by then is lost: the worker is being stopped. */
const drainTimeoutMs = 2_000;

export interface EventBuffer {
  push(item: Item): void;
  /** The SDK is loaded: from now on it is handed what waits. */
  open(exporter: Exporter): void;
  /** Hands over all that waits, and counts what could not be sent in time. */
  drain(): Promise<void>;
}

/** Where events wait for the SDK. Each of them arrives, or is counted. */
export function createEventBuffer(warn: (message: string) => void): EventBuffer {
  const loss = createLossReport(warn);
  const waiting: Item[] = [];
  let exporter: Exporter | undefined;
  let inFlight: readonly Item[] = [];
  let losing = false;
  let running: Promise<void> | undefined;
  let next: NodeJS.Timeout | undefined;

  function handOverIn(milliseconds: number): void {
    clearTimeout(next);
    next = setTimeout(() => {
      next = undefined;
      void handOver();
    }, milliseconds).unref();
  }

  /** One at a time: an ingestion that hangs holds one batch, and all else waits here. */
  function handOver(): Promise<void> {
    return (running ??= handOverAll().finally(() => (running = undefined)));
  }

  async function handOverAll(): Promise<void> {
    while (exporter !== undefined) {
      if (losing || waiting.length === 0) {
        const to = exporter;
        losing = !(await loss.tell(async (event) => !anything(await deliver(to, [event]))));
        if (losing) handOverIn(pauseAfterLossMs);
        if (losing || waiting.length === 0) return;
      }
      const batch = (inFlight = waiting.splice(0, batchLimit));
      const lost = await deliver(exporter, batch);
      losing = anything(lost);
      // A drain that waited in vain has counted it.
      if (inFlight === batch) loss.lost(lost);
      inFlight = [];
    }
  }

  return {
    push(item) {
      if (waiting.length < bufferLimit) waiting.push(item);
      else loss.dropped();
      if (exporter !== undefined && next === undefined) handOverIn(batchAfterMs);
    },
    open(loaded) {
      exporter = loaded;
      void handOver();
    },
    async drain() {
      const late = new Promise<void>((resolve) => setTimeout(resolve, drainTimeoutMs).unref());
      await Promise.race([(running ?? Promise.resolve()).then(() => handOver()), late]);
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

function eventsIn(items: readonly Item[]): number {
  return items.filter((item) => "name" in item).length;
}

function anything({ events, others }: Lost): boolean {
  return events + others > 0;
}
