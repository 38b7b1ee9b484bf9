import { channel } from "node:diagnostics_channel";
import { errorName } from "../privacy/redacted.ts";
import { sleep, type Clock } from "../timing/clock.ts";
import { createEventBuffer } from "./event-buffer.ts";
import type { Exporter, Measurement, TelemetryEvent } from "./exporter.ts";
import { createUnauthenticatedLimit } from "./minute-sums.ts";

export type Telemetry = ReturnType<typeof createTelemetry>;

/** How long a flush waits for pending requests. The longest budget of a request is shorter. */
const answersTimeoutMs = 2_800;
/**
 * Loading the SDK blocks the event loop for about 200 ms, so it starts only when no request has
 * been pending for this long.
 */
const idleForMs = 1_000;
/** If the worker is never idle, the SDK is loaded this long after the first event. */
const loadDelayLimitMs = 5_000;

/** For subscribers in the same process: `tools/local/` on a laptop. In Azure there are none. */
const published = channel("okta-8x8-telephony:event");

/** Keeps events until the SDK is loaded. Sends them in the background, with their own times. */
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
      warn(`Telemetry could not be loaded (${errorName(error)}). Events are not sent.`);
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

  /** Publishes an event at once, in the async context of its request. */
  function send(item: TelemetryEvent | Measurement): void {
    if ("name" in item && published.hasSubscribers) published.publish(item);
    if (!("name" in item) || limit.passes(item)) keep(item);
  }

  /** Resolves when no request is pending, or after the time limit. */
  async function allAnswered(): Promise<void> {
    const until = clock.elapsed() + answersTimeoutMs;
    while (answering > 0 && clock.elapsed() < until) await sleep(clock, 20);
  }

  return {
    /** A request came. Until `end`, the worker is not idle. */
    begin(): void {
      answering += 1;
      cancelIdle();
    },
    /** The request was answered. */
    end(event?: TelemetryEvent): void {
      answering -= 1;
      if (event !== undefined) send(event);
      if (loading === undefined && answering === 0) cancelIdle = loadIn(idleForMs);
    },
    /** Calls `act` when the SDK has been loaded, or could not be. */
    whenLoaded(act: () => void): void {
      afterLoading.push(act);
    },
    /** Sends an item that is not the first event of a request. */
    send,
    /**
     * Loads the SDK if needed, and sends everything that waits.
     * @param answered Called and awaited when no request is pending: the last chance to send items.
     */
    async flush(answered?: () => Promise<void>): Promise<void> {
      await Promise.all([loadSdk(), allAnswered()]);
      await answered?.();
      limit.close();
      await buffer.drain();
    },
  };
}
