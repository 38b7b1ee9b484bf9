import { channel } from "node:diagnostics_channel";
import { errorName } from "../delivery/redacted.ts";
import { sleep, type Clock } from "../timing/clock.ts";
import { createEventBuffer } from "./event-buffer.ts";
import type { Exporter, Measurement, TelemetryEvent } from "./exporter.ts";
import { createUnauthenticatedLimit } from "./unauthenticated-limit.ts";

export type Telemetry = ReturnType<typeof createTelemetry>;

/** How long a flush waits for requests in flight: the longest budget of a hook, and its answer. */
const answersTimeoutMs = 2_800;
/**
 * Loading the SDK blocks the event loop for about 200 ms, so it waits until no request has been in
 * flight for this long.
 */
const idleForMs = 1_000;
const loadDelayLimitMs = 5_000;

/** For an app without a connection string: drops all events. */
export const nowhere: Exporter = {
  send: nothing,
  flush: () => Promise.resolve({ events: 0, others: 0 }),
};

/**
 * Code in the same process can subscribe to it, as `tools/local/` does on a laptop. In Azure
 * nothing does.
 */
const published = channel("okta-8x8-telephony:event");

/**
 * Keeps events, with their own times, until the SDK is loaded, and sends them in the background.
 */
export function createTelemetry(
  clock: Clock,
  load: () => Exporter | Promise<Exporter>,
  warn: (message: string) => void,
) {
  const buffer = createEventBuffer(clock, warn);
  const limit = createUnauthenticatedLimit(clock, keep);
  const afterLoading: (() => void)[] = [];
  let answering = 0;
  let loading: Promise<void> | undefined;
  let cancelOverdue: (() => void) | undefined;
  let cancelIdle = loadIn(idleForMs);

  function loadIn(milliseconds: number): () => void {
    return clock.after(milliseconds, () => void loadSdk());
  }

  function loadSdk(): Promise<void> {
    cancelIdle();
    cancelOverdue?.();
    const failed = (error: unknown): void => {
      warn(`Telemetry could not be loaded (${errorName(error)}); events are not sent.`);
    };
    return (loading ??= new Promise<Exporter>((resolve) => {
      resolve(load());
    })
      .then((exporter) => {
        buffer.open(exporter);
      }, failed)
      .then(() => {
        for (const act of afterLoading) act();
      }));
  }

  function keep(item: TelemetryEvent | Measurement): void {
    buffer.push(item);
    if (loading === undefined) cancelOverdue ??= loadIn(loadDelayLimitMs);
  }

  /** An event is published at once, in the async context of the request that it is of. */
  function send(item: TelemetryEvent | Measurement): void {
    if ("name" in item && published.hasSubscribers) published.publish(item);
    if (!("name" in item) || limit.passes(item)) keep(item);
  }

  /** Resolves when no request is in flight, or after the limit. */
  async function allAnswered(): Promise<void> {
    const until = clock.elapsed() + answersTimeoutMs;
    while (answering > 0 && clock.elapsed() < until) await sleep(clock, 20);
  }

  return {
    /** A request is being answered: the worker is not idle. */
    begin(): void {
      answering += 1;
      cancelIdle();
    },
    /** The request was answered. Without an event where another event counts it. */
    end(event?: TelemetryEvent): void {
      answering -= 1;
      if (event !== undefined) send(event);
      if (loading === undefined && answering === 0) cancelIdle = loadIn(idleForMs);
    },
    /** Calls `act` when the SDK has been loaded, or could not be. */
    whenLoaded(act: () => void): void {
      afterLoading.push(act);
    },
    /** Sends what belongs to no request. */
    send,
    /**
     * Sends all that is waiting, loading the SDK if need be.
     * @param answered Called and awaited when no request is in flight any more: the last moment to
     * send something.
     */
    async flush(answered: () => void | Promise<void> = nothing): Promise<void> {
      await Promise.all([loadSdk(), allAnswered()]);
      await answered();
      limit.close();
      await buffer.drain();
    },
  };
}

function nothing(): void {
  // No telemetry was asked for, or there is nothing more to send.
}
