import type { TelemetryEvent } from "./exporter.ts";
import type { Telemetry } from "./telemetry.ts";

const toldOneByOne = 60;
const windowMs = 60_000;

interface Window {
  told: number;
  untold: number;
  readonly timer: NodeJS.Timeout;
}

/**
 * Strangers decide how many 401s there are: beyond 60 in a minute they are summed, one event for the rest of the minute.
 * Each kind of event has its own 60, so that strangers at one route hide nobody at another.
 */
export function limitUnauthenticated(telemetry: Telemetry): Telemetry {
  const windows = new Map<string, Window>();

  function open(name: string): Window {
    const window = { told: 0, untold: 0, timer: setTimeout(close, windowMs, name).unref() };
    windows.set(name, window);
    return window;
  }

  function close(name: string): void {
    const { untold = 0, timer } = windows.get(name) ?? {};
    clearTimeout(timer);
    windows.delete(name);
    if (untold > 0) telemetry.send(sumUnauthenticated(name, untold, new Date()));
  }

  return {
    ...telemetry,
    end(event) {
      if (event?.properties["outcome"] !== "unauthenticated") {
        telemetry.end(event);
        return;
      }
      const window = windows.get(event.name) ?? open(event.name);
      if (window.told < toldOneByOne) {
        window.told += 1;
        telemetry.end(event);
      } else {
        window.untold += 1;
        telemetry.end();
      }
    },
    flush: (answered) =>
      telemetry.flush(async () => {
        await answered?.();
        for (const name of windows.keys()) close(name);
      }),
  };
}

/** Stands for so many requests; all else that is known of a 401 is when it came. */
export function sumUnauthenticated(name: string, count: number, at: Date): TelemetryEvent {
  return { name, at, properties: { outcome: "unauthenticated", count }, calls: [] };
}
