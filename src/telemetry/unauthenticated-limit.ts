import type { Clock } from "../timing/clock.ts";
import { createMinuteLimit } from "../timing/minute-sums.ts";
import type { TelemetryEvent } from "./exporter.ts";

const sentOneByOne = 60;

/** With these a request is answered before its caller is authenticated. */
const unauthenticatedReasons: readonly unknown[] = ["secrets-not-loaded", "settings-wrong"];

/**
 * Unauthenticated callers decide how many 401s there are, and how many 503s while no secret is
 * loaded. Beyond 60 in a minute they are summed, one event for the rest of the minute. Each kind of
 * event and each reason has its own 60, so that callers at one route hide none at another.
 */
export function createUnauthenticatedLimit(clock: Clock, send: (sum: TelemetryEvent) => void) {
  const kinds = new Map<string, Kind>();
  const limit = createMinuteLimit(clock, sentOneByOne, (key, count) => {
    const kind = kinds.get(key);
    if (kind !== undefined) send(sumUnauthenticated(kind, count, new Date(clock.now())));
  });
  return {
    /** Whether it is sent by itself; else the sum counts it. */
    passes(event: TelemetryEvent): boolean {
      const kind = kindOf(event);
      if (kind === undefined) return true;
      const key = Object.values(kind).join(" ");
      kinds.set(key, kind);
      return limit.passes(key);
    },
    /** Sends the sums, because the worker stops. */
    close: limit.end,
  };
}

interface Kind {
  readonly name: string;
  readonly outcome: "unauthenticated" | "unavailable";
  readonly reason?: string;
}

/** Undefined where the caller was authenticated. */
function kindOf({ name, properties }: TelemetryEvent): Kind | undefined {
  const { outcome, reason, authenticatedBy } = properties;
  if (outcome === "unauthenticated") return { name, outcome };
  const isUnauthenticated =
    outcome === "unavailable" &&
    authenticatedBy === undefined &&
    unauthenticatedReasons.includes(reason);
  return isUnauthenticated ? { name, outcome, reason: String(reason) } : undefined;
}

/** One event for `count` requests. */
export function sumUnauthenticated(
  { name, outcome, reason }: Kind,
  count: number,
  at: Date,
): TelemetryEvent {
  return { name, at, properties: { outcome, reason, count }, attempts: [] };
}
