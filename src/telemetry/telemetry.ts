import { channel } from "node:diagnostics_channel";
import { errorName } from "../privacy/redacted.ts";
import { createFailureWarning } from "../timing/background.ts";
import { bounded, sleep, type Clock } from "../timing/clock.ts";
import { reasonsBeforeAuthentication } from "../rules/reasons.ts";
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
    cancelOverdue ??= clock.after(loadDelayLimitMs, loadSdk);
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
    /** Calls `answered` after the last pending request is answered. */
    flush: (answered?: () => Promise<void>): Promise<void> =>
      (flushed = flushed.then(() => flush(answered))),
  };
}

const minuteMs = 60_000;
const eventsLimit = 60;

/**
 * Limits the events that unauthenticated callers can cause, and events about codes that the app did
 * not send. One event with a count replaces the events over the limit.
 */
function createEventLimit(clock: Clock, send: (sum: TelemetryEvent) => void) {
  const counts = new Map<string, { count: number; readonly end: () => void }>();

  function start(key: string, { name, ...kind }: Kind) {
    const counted = { count: 0, end };
    const cancel = clock.after(minuteMs, end);
    counts.set(key, counted);
    return counted;

    function end(): void {
      cancel();
      counts.delete(key);
      const count = counted.count - eventsLimit;
      if (count > 0)
        send({ name, at: new Date(clock.now()), properties: { ...kind, count }, attempts: [] });
    }
  }

  return {
    /** Whether the event is sent. If not, it is only counted. */
    passes(event: TelemetryEvent): boolean {
      const kind = kindOf(event);
      if (kind === undefined) return true;
      const key = Object.values(kind).join(" ");
      const counted = counts.get(key) ?? start(key, kind);
      counted.count += 1;
      return counted.count <= eventsLimit;
    },
    /** Sends all counts at once, for a worker that stops. */
    end(): void {
      for (const { end } of [...counts.values()]) end();
    },
  };
}

/** Has the event's name, so callers of one route cannot use up another route's limit. */
type Kind = Pick<TelemetryEvent, "name"> & TelemetryEvent["properties"];

/** Undefined if the event is not limited. */
function kindOf({ name, properties }: TelemetryEvent): Kind | undefined {
  const { outcome, reason, authenticatedBy, join } = properties;
  if (outcome === "unauthenticated") return { name, outcome };
  if (authenticatedBy === undefined && reasonsBeforeAuthentication.has(reason))
    return { name, outcome, reason };
  return join === undefined || join === "joined" ? undefined : { name, outcome, join };
}
