import type { Clock } from "../timing/clock.ts";
import type { TelemetryEvent } from "./exporter.ts";

const minuteMs = 60_000;
const eventsLimit = 60;

/**
 * Limits the events that anyone on the internet can cause, and Okta's events about codes that are
 * not ours: 60 a minute of each kind pass, and the others are sent as one event with their count.
 */
export function createEventLimit(clock: Clock, send: (sum: TelemetryEvent) => void) {
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
    /** Whether the event is sent by itself. If not, it is counted. */
    passes(event: TelemetryEvent): boolean {
      const kind = kindOf(event);
      if (kind === undefined) return true;
      const key = Object.values(kind).join(" ");
      const counted = counts.get(key) ?? start(key, kind);
      counted.count += 1;
      return counted.count <= eventsLimit;
    },
    /** Sends the counts now, because the worker stops. */
    end(): void {
      for (const { end } of [...counts.values()]) end();
    },
  };
}

/** With the event's name, so that callers at one route do not hide the events of another. */
type Kind = Pick<TelemetryEvent, "name"> & TelemetryEvent["properties"];

/** Reasons that a request can get before its caller is authenticated. */
const unauthenticatedReasons: readonly unknown[] = ["secrets-not-loaded", "settings-wrong"];

/** Undefined if the event is not limited. */
function kindOf({ name, properties }: TelemetryEvent): Kind | undefined {
  const { outcome, reason, authenticatedBy, join } = properties;
  if (outcome === "unauthenticated") return { name, outcome };
  if (outcome === "unavailable" && unauthenticatedReasons.includes(reason))
    return authenticatedBy === undefined ? { name, outcome, reason } : undefined;
  return join === undefined || join === "joined" ? undefined : { name, outcome, join };
}
