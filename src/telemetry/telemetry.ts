import { setTimeout as sleep } from "node:timers/promises";
import type { Call } from "../8x8/deliver.ts";
import { errorName } from "../delivery/error-name.ts";

/** One request that reached us, whatever its ending. */
export interface TelemetryEvent {
  readonly name: string;
  readonly at: Date;
  /** W3C trace context of the host's request. */
  readonly traceParent?: string | undefined;
  /** What is undefined is left out. */
  readonly properties: Readonly<Record<string, string | number | undefined>>;
  readonly calls: readonly Call[];
}

/** The telemetry SDK, behind the two things that are asked of it. */
export interface Exporter {
  send(event: TelemetryEvent): void;
  flush(): Promise<void>;
}

export interface Telemetry {
  /** A request is being answered: the worker is not idle. */
  begin(): void;
  /** It was answered. */
  end(event: TelemetryEvent): void;
  /** Sends all that is waiting, loading the SDK if need be. */
  flush(): Promise<void>;
}

const bufferLimit = 5_000;
/** The SDK's own queue holds 2,048 items and drops the rest without a word, so it is given this many events at a time. */
const batchLimit = 1_000;
/** How long a flush waits for the hooks that are being answered: as long as their budget may be. */
const answersTimeoutMs = 2_700;
/** Loading the SDK blocks the worker for about 200 ms, so it waits for a moment in which nobody does. */
const idleForMs = 1_000;
const loadDelayLimitMs = 5_000;

/**
 * Keeps events, with their own times, until the SDK is loaded.
 * @param load undefined: there is nowhere to send to, and events are forgotten.
 */
export function createTelemetry(
  load: (() => Promise<Exporter>) | undefined,
  warn: (message: string) => void,
): Telemetry {
  if (load === undefined) return { begin: nothing, end: nothing, flush: () => Promise.resolve() };
  const loadOnce: () => Promise<Exporter> = load;
  const waiting: TelemetryEvent[] = [];
  let dropped = 0;
  let answering = 0;
  let exporter: Exporter | undefined;
  let loading: Promise<void> | undefined;
  let overdue: NodeJS.Timeout | undefined;
  let idle = loadIn(idleForMs);

  function loadIn(milliseconds: number): NodeJS.Timeout {
    return setTimeout(() => void loadSdk(), milliseconds).unref();
  }

  function loadSdk(): Promise<void> {
    clearTimeout(idle);
    clearTimeout(overdue);
    return (loading ??= loadOnce().then(drain, (error: unknown) => {
      warn(`Telemetry could not be loaded (${errorName(error)}); events are not sent.`);
    }));
  }

  async function drain(loaded: Exporter): Promise<void> {
    while (waiting.length > 0) {
      for (const event of waiting.splice(0, batchLimit)) loaded.send(event);
      await loaded.flush().catch(nothing);
    }
    exporter = loaded;
    if (dropped > 0) loaded.send({ name: "telemetry-dropped", at: new Date(), properties: { dropped }, calls: [] });
  }

  function keep(event: TelemetryEvent): void {
    if (waiting.length < bufferLimit) waiting.push(event);
    else dropped += 1;
    if (loading !== undefined) return;
    overdue ??= loadIn(loadDelayLimitMs);
    if (answering === 0) idle = loadIn(idleForMs);
  }

  /** Nobody is being answered any more, or it takes too long. */
  async function answered(): Promise<void> {
    const until = performance.now() + answersTimeoutMs;
    while (answering > 0 && performance.now() < until) await sleep(20);
  }

  return {
    begin() {
      answering += 1;
      clearTimeout(idle);
    },
    end(event) {
      answering -= 1;
      if (exporter === undefined) keep(event);
      else exporter.send(event);
    },
    async flush() {
      await Promise.all([loadSdk(), answered()]);
      await exporter?.flush().catch(nothing);
    },
  };
}

function nothing(): void {
  // No telemetry was asked for, or it failed: neither is the hook's concern.
}
