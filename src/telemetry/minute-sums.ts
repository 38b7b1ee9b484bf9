import type { Clock } from "../timing/clock.ts";
import type { TelemetryEvent } from "./exporter.ts";

const minuteMs = 60_000;

/** Sums counts by name. Reports each sum a minute after its first count. */
export function createMinuteSums(clock: Clock, report: (name: string, sum: number) => void) {
  const sums = new Map<string, { sum: number; readonly cancel: () => void }>();

  function end(name: string): void {
    const { sum = 0, cancel } = sums.get(name) ?? {};
    cancel?.();
    sums.delete(name);
    report(name, sum);
  }

  return {
    /** Returns the sum, including this count. */
    add(name: string, count: number): number {
      const counted = sums.get(name) ?? {
        sum: 0,
        cancel: clock.after(minuteMs, () => {
          end(name);
        }),
      };
      sums.set(name, counted);
      counted.sum += count;
      return counted.sum;
    },
    /** Reports all sums now because the worker stops. */
    end: (): void => {
      for (const name of sums.keys()) end(name);
    },
  };
}

/** For each name, lets `limit` counts pass in a minute, and then reports how many did not pass. */
export function createMinuteLimit(
  clock: Clock,
  limit: number,
  report: (name: string, rest: number) => void,
) {
  const sums = createMinuteSums(clock, (name, sum) => {
    if (sum > limit) report(name, sum - limit);
  });
  return {
    passes: (name: string): boolean => sums.add(name, 1) <= limit,
    end: sums.end,
  };
}

const sentOneByOne = 60;

/** Reasons that a request can get before its caller is authenticated. */
const unauthenticatedReasons: readonly unknown[] = ["secrets-not-loaded", "settings-wrong"];

/**
 * Limits the events that unauthenticated callers cause: 401s, and 503s while no secret is loaded.
 * Sends 60 events a minute for each event name and reason, and sums the others in one event. Each
 * route has its own event name, so callers at one route do not hide the events of another.
 */
export function createUnauthenticatedLimit(clock: Clock, send: (sum: TelemetryEvent) => void) {
  const kinds = new Map<string, Kind>();
  const limit = createMinuteLimit(clock, sentOneByOne, (key, count) => {
    const kind = kinds.get(key);
    if (kind === undefined) return;
    const { name, ...properties } = kind;
    send({ name, at: new Date(clock.now()), properties: { ...properties, count }, attempts: [] });
  });
  return {
    /** Whether the event is sent by itself. If not, the sum counts the event. */
    passes(event: TelemetryEvent): boolean {
      const kind = kindOf(event);
      if (kind === undefined) return true;
      const key = Object.values(kind).join(" ");
      kinds.set(key, kind);
      return limit.passes(key);
    },
    close: limit.end,
  };
}

interface Kind {
  readonly name: string;
  readonly outcome: "unauthenticated" | "unavailable";
  readonly reason?: string;
}

/** Undefined if the caller was authenticated. */
function kindOf({ name, properties }: TelemetryEvent): Kind | undefined {
  const { outcome, reason, authenticatedBy } = properties;
  if (outcome === "unauthenticated") return { name, outcome };
  const isUnauthenticated =
    outcome === "unavailable" &&
    authenticatedBy === undefined &&
    unauthenticatedReasons.includes(reason);
  return isUnauthenticated ? { name, outcome, reason: String(reason) } : undefined;
}
