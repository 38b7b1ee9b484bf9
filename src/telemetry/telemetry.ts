import { channel } from "node:diagnostics_channel";
import { errorName } from "../privacy/redacted.ts";
import { sleep, type Clock } from "../timing/clock.ts";
import { bounded } from "../timing/deadline.ts";
import { createEventLimit } from "./event-limit.ts";
import { dropping, type Exporter, type TelemetryEvent } from "./exporter.ts";

export type Telemetry = ReturnType<typeof createTelemetry>;

/** How long a flush waits for pending requests. The longest budget of a request is shorter. */
const answersTimeoutMs = 2_800;
const flushTimeoutMs = 2_000;
/** Loading the SDK blocks the event loop for about 200 ms, so the worker must be idle. */
const idleForMs = 1_000;
/** If the worker is never idle, the SDK is loaded this long after the first event. */
const loadDelayLimitMs = 5_000;
/** The SDK's queue holds 2,048 events, and it drops the rest. */
const waitingLimit = 2_000;

/** For subscribers in the same process: `tools/local/` on a laptop. In Azure there are none. */
const published = channel("okta-8x8-telephony:event");

/** Keeps events until the SDK is loaded. Then the SDK sends them in batches. */
export function createTelemetry(
  clock: Clock,
  load: () => Exporter,
  warn: (message: string) => void,
) {
  const limit = createEventLimit(clock, keep);
  const waiting: TelemetryEvent[] = [];
  const afterLoading: (() => void)[] = [];
  let exporter: Exporter | undefined;
  let answering = 0;
  let flushed = Promise.resolve();
  let cancelOverdue: (() => void) | undefined;
  let cancelIdle = clock.after(idleForMs, loadSdk);

  function loadSdk(): void {
    if (exporter !== undefined) return;
    cancelIdle();
    cancelOverdue?.();
    try {
      exporter = load();
    } catch (error) {
      exporter = dropping;
      warn(`Telemetry could not be loaded (${errorName(error)}). Events are not sent.`);
    }
    for (const event of waiting.splice(0)) exporter.send(event);
    for (const act of afterLoading) act();
  }

  function keep(event: TelemetryEvent): void {
    if (exporter !== undefined) {
      exporter.send(event);
      return;
    }
    if (waiting.length < waitingLimit) waiting.push(event);
    cancelOverdue ??= clock.after(loadDelayLimitMs, loadSdk);
  }

  /** Publishes an event at once, in the async context of its request. */
  function send(event: TelemetryEvent): void {
    if (published.hasSubscribers) published.publish(event);
    if (limit.passes(event)) keep(event);
  }

  async function allAnswered(): Promise<void> {
    const until = clock.elapsed() + answersTimeoutMs;
    while (answering > 0 && clock.elapsed() < until) await sleep(clock, 20);
  }

  async function flush(answered?: () => Promise<void>): Promise<void> {
    loadSdk();
    await allAnswered();
    await answered?.();
    limit.end();
    await bounded(clock, async () => exporter?.flush(), flushTimeoutMs).catch(() => undefined);
  }

  return {
    begin(): void {
      answering += 1;
      cancelIdle();
    },
    end(event?: TelemetryEvent): void {
      answering -= 1;
      if (event !== undefined) send(event);
      if (exporter === undefined && answering === 0) cancelIdle = clock.after(idleForMs, loadSdk);
    },
    whenLoaded(act: () => void): void {
      afterLoading.push(act);
    },
    send,
    /** A second call waits for the first. `answered` is called when no request is pending. */
    flush: (answered?: () => Promise<void>): Promise<void> =>
      (flushed = flushed.then(() => flush(answered))),
  };
}
