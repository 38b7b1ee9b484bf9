import type { Clock } from "../timing/clock.ts";
import type { Lost, TelemetryEvent } from "./exporter.ts";

/** Losses come in groups. After this wait, the first warning has the count of all. */
const warnAfterMs = 1_000;
const warnEveryMs = 60_000;

/**
 * Reports lost telemetry: in the log at most once a minute, and as an event once telemetry works
 * again.
 */
export function createLossReport(clock: Clock, warn: (message: string) => void) {
  let unreported = noLoss();
  let unlogged = noLoss();
  let loggedAt = -Infinity;
  let cancel: (() => void) | undefined;

  function add(dropped: number, { events, others }: Lost): void {
    if (dropped + events + others === 0) return;
    for (const sum of [unreported, unlogged]) {
      sum.dropped += dropped;
      sum.lost += events;
      sum.lostOthers += others;
    }
    cancel ??= clock.after(Math.max(warnAfterMs, loggedAt + warnEveryMs - clock.elapsed()), log);
  }

  function log(): void {
    cancel?.();
    cancel = undefined;
    const { dropped, lost, lostOthers } = unlogged;
    if (dropped + lost + lostOthers === 0) return;
    loggedAt = clock.elapsed();
    unlogged = noLoss();
    warn(
      `Telemetry was lost: ${dropped} events had no room to wait; of those sent, ${lost} events and ${lostOthers} calls ` +
        "and metrics did not arrive.",
    );
  }

  return {
    /** The buffer was full, and an event was dropped. */
    dropped(): void {
      add(1, { events: 0, others: 0 });
    },
    lost(lost: Lost): void {
      add(0, lost);
    },
    /**
     * Sends the losses that no event has reported yet. They are kept if it does not arrive. True
     * where none are left.
     */
    async report(arrives: (event: TelemetryEvent) => Promise<boolean>): Promise<boolean> {
      const { dropped, lost, lostOthers } = unreported;
      if (dropped + lost + lostOthers === 0) return true;
      const properties = { ...unreported };
      unreported = noLoss();
      if (
        await arrives({
          name: "telemetry-dropped",
          at: new Date(clock.now()),
          properties,
          attempts: [],
        })
      )
        return true;
      unreported.dropped += dropped;
      unreported.lost += lost;
      unreported.lostOthers += lostOthers;
      return false;
    },
    /** The worker stops, with this many events unsent. */
    end(unsent: number): void {
      add(0, { events: unsent, others: 0 });
      log();
    },
  };
}

function noLoss() {
  return { dropped: 0, lost: 0, lostOthers: 0 };
}
