import { reasonsBeforeAuthentication } from "../rules/reasons.ts";
import type { Clock } from "../timing/clock.ts";
import type { TelemetryEvent } from "./event.ts";

const minuteMs = 60_000;
const eventsLimit = 60;

/**
 * Limits the events that unauthenticated callers can cause, and events about codes that the app did
 * not send. One event with a count replaces the events over the limit.
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
    /** Whether the event is sent. If not, it is only counted. */
    passes(event: TelemetryEvent): boolean {
      const kind = limitOf(event);
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
function limitOf({ name, properties }: TelemetryEvent): Kind | undefined {
  const { outcome, reason, authenticatedBy, join } = properties;
  if (outcome === "unauthenticated") return { name, outcome };
  if (authenticatedBy === undefined && reasonsBeforeAuthentication.has(reason))
    return { name, outcome, reason };
  return join === undefined || join === "joined" ? undefined : { name, outcome, join };
}
