import { setTimeout as sleep } from "node:timers/promises";
import { errorName } from "../delivery/error-name.ts";
import { createEventBuffer } from "./event-buffer.ts";
import type { Exporter, Measurement, TelemetryEvent } from "./exporter.ts";

export interface Telemetry {
  /** A request is being answered: the worker is not idle. */
  begin(): void;
  /** It was answered. Without an event where that is told in another way. */
  end(event?: TelemetryEvent): void;
  /** What belongs to no request. */
  send(item: TelemetryEvent | Measurement): void;
  /**
   * Sends all that is waiting, loading the SDK if need be.
   * @param answered called when nobody is being answered any more: the last moment to send something. It is waited for.
   */
  flush(answered?: () => void | Promise<void>): Promise<void>;
}

/** How long a flush waits for the hooks that are being answered: their longest budget, and the answer. */
const answersTimeoutMs = 2_800;
/** Loading the SDK blocks the worker for about 200 ms, so it waits for a moment in which nobody does. */
const idleForMs = 1_000;
const loadDelayLimitMs = 5_000;

/** Where there is nowhere to send to: events are forgotten. */
export const nowhere: Exporter = { send: nothing, flush: () => Promise.resolve({ events: 0, others: 0 }) };

/** Keeps events, with their own times, until the SDK is loaded, and hands them over behind the hooks. */
export function createTelemetry(load: () => Promise<Exporter>, warn: (message: string) => void): Telemetry {
  const buffer = createEventBuffer(warn);
  let answering = 0;
  let loading: Promise<void> | undefined;
  let overdue: NodeJS.Timeout | undefined;
  let idle = loadIn(idleForMs);

  function loadIn(milliseconds: number): NodeJS.Timeout {
    return setTimeout(() => void loadSdk(), milliseconds).unref();
  }

  function loadSdk(): Promise<void> {
    clearTimeout(idle);
    clearTimeout(overdue);
    const failed = (error: unknown): void => {
      warn(`Telemetry could not be loaded (${errorName(error)}); events are not sent.`);
    };
    return (loading ??= load().then((exporter) => {
      buffer.open(exporter);
    }, failed));
  }

  function send(item: TelemetryEvent | Measurement): void {
    buffer.push(item);
    if (loading !== undefined) return;
    overdue ??= loadIn(loadDelayLimitMs);
  }

  /** Nobody is being answered any more, or it takes too long. */
  async function allAnswered(): Promise<void> {
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
      if (event !== undefined) send(event);
      if (loading === undefined && answering === 0) idle = loadIn(idleForMs);
    },
    send,
    async flush(answered = nothing) {
      await Promise.all([loadSdk(), allAnswered()]);
      await answered();
      await buffer.drain();
    },
  };
}

function nothing(): void {
  // No telemetry was asked for, or there is nothing more to send.
}
