import { channel } from "node:diagnostics_channel";
import { errorName } from "../privacy/redacted.ts";
import { createFailureWarning } from "../timing/failure-warning.ts";
import { bounded, sleep, type Clock } from "../timing/clock.ts";
import { createEventLimit } from "./event-limit.ts";
import { dropping, type Exporter, type TelemetryEvent } from "./event.ts";

export type Telemetry = ReturnType<typeof createTelemetry>;

/** In Azure, a request's longest time limit is shorter (`HOOK_BUDGET_MS`). */
const answersTimeoutMs = 2_800;
const flushTimeoutMs = 2_000;
/** Loading the SDK blocks the event loop for about 200 ms, so the worker must be idle. */
const idleForMs = 1_000;
/** If the worker is never idle, the SDK is loaded this long after the first event. */
const loadDelayLimitMs = 5_000;
/** The SDK's queue holds 2,048 events, and the SDK drops further events. */
const waitingLimit = 2_000;

/** Only `tools/local/` on a laptop subscribes. */
const published = channel("okta-8x8-telephony:event");

export function createTelemetry(
  clock: Clock,
  load: () => Exporter,
  warn: (message: string) => void,
) {
  const limit = createEventLimit(clock, keep);
  const failed = createFailureWarning(clock, "Telemetry lost an event", warn);
  const waiting: TelemetryEvent[] = [];
  const afterLoading: (() => void)[] = [];
  let exporter: Exporter | undefined;
  let answering = 0;
  let firstEventAt = Infinity;
  let flushed = Promise.resolve();
  let cancelLoading = clock.after(idleForMs, loadSdk);

  function scheduleLoading(): void {
    cancelLoading();
    if (exporter !== undefined) return;
    const overdueMs = Math.max(0, firstEventAt + loadDelayLimitMs - clock.elapsed());
    const inMs = answering === 0 ? Math.min(idleForMs, overdueMs) : overdueMs;
    if (inMs < Infinity) cancelLoading = clock.after(inMs, loadSdk);
  }

  function loadSdk(): void {
    if (exporter !== undefined) return;
    try {
      exporter = load();
    } catch (error) {
      exporter = dropping;
      warn(`Telemetry could not be loaded (${errorName(error)}). Events are not sent.`);
    }
    for (const event of waiting.splice(0)) exportEvent(event);
    for (const act of afterLoading) act();
  }

  /** An error must not reach the request, whose code may already be sent. */
  function exportEvent(event: TelemetryEvent): void {
    try {
      exporter?.send(event);
    } catch (error) {
      failed(error);
    }
  }

  function keep(event: TelemetryEvent): void {
    if (exporter !== undefined) {
      exportEvent(event);
      return;
    }
    if (waiting.length < waitingLimit) waiting.push(event);
    firstEventAt = Math.min(firstEventAt, clock.elapsed());
  }

  /** Subscribers get the event at once, in the async context of its request. */
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
      scheduleLoading();
    },
    end(): void {
      answering -= 1;
      scheduleLoading();
    },
    whenLoaded(act: () => void): void {
      afterLoading.push(act);
    },
    send,
    /** Calls `answered` after the last pending request is answered. */
    flush: (answered?: () => Promise<void>): Promise<void> =>
      (flushed = flushed.then(() => flush(answered))),
  };
}
