import type { Clock } from "../timing/clock.ts";
import type { Lost, TelemetryEvent } from "./exporter.ts";

/** Losses come in groups, so the first warning waits for the rest of its group. */
const warnAfterMs = 1_000;
const warnEveryMs = 60_000;

/** Logs lost telemetry at most once a minute, and sends an event when telemetry works again. */
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
      `Telemetry was lost. The buffer was full for ${dropped} events. ${lost} events and ${lostOthers} attempts and ` +
        "metrics did not arrive.",
    );
  }

  return {
    /** The buffer was full, and one event was dropped. */
    dropped(): void {
      add(1, { events: 0, others: 0 });
    },
    lost(lost: Lost): void {
      add(0, lost);
    },
    /**
     * Sends the losses that have not been reported. They are kept if the event does not arrive.
     * @returns Whether all losses are reported.
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
    /** The worker stops with this many unsent events. */
    end(unsent: number): void {
      add(0, { events: unsent, others: 0 });
      log();
    },
  };
}

function noLoss() {
  return { dropped: 0, lost: 0, lostOthers: 0 };
}
