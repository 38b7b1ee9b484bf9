import type { Clock } from "../timing/clock.ts";
import type { Lost, TelemetryEvent } from "./exporter.ts";

/** Losses come in groups, so the first warning waits for the rest of its group. */
const warnAfterMs = 1_000;
const warnEveryMs = 60_000;

/** Logs lost telemetry at most once a minute, and sends an event when telemetry works again. */
export function createLossReport(clock: Clock, warn: (message: string) => void) {
  let unreported: Loss = noLoss;
  let unlogged: Loss = noLoss;
  let loggedAt = -Infinity;
  let cancel: (() => void) | undefined;

  function add(loss: Loss): void {
    if (!isLoss(loss)) return;
    unreported = sumOf(unreported, loss);
    unlogged = sumOf(unlogged, loss);
    cancel ??= clock.after(Math.max(warnAfterMs, loggedAt + warnEveryMs - clock.elapsed()), log);
  }

  function log(): void {
    cancel?.();
    cancel = undefined;
    if (!isLoss(unlogged)) return;
    const { dropped, lost, lostOthers } = unlogged;
    loggedAt = clock.elapsed();
    unlogged = noLoss;
    warn(
      `Telemetry was lost. ${dropped} events did not fit in the buffer. ` +
        `${lost} events and ${lostOthers} attempts and metrics did not arrive.`,
    );
  }

  return {
    /** The buffer was full, and one event was dropped. */
    dropped(): void {
      add({ ...noLoss, dropped: 1 });
    },
    lost({ events, others }: Lost): void {
      add({ dropped: 0, lost: events, lostOthers: others });
    },
    /**
     * Sends the losses that have not been reported. They are kept if the event does not arrive.
     * @returns Whether all losses are reported.
     */
    async report(arrives: (event: TelemetryEvent) => Promise<boolean>): Promise<boolean> {
      if (!isLoss(unreported)) return true;
      const properties = unreported;
      const at = new Date(clock.now());
      unreported = noLoss;
      const arrived = await arrives({ name: "telemetry-dropped", at, properties, attempts: [] });
      if (!arrived) unreported = sumOf(unreported, properties);
      return arrived;
    },
    /** The worker stops with this many unsent events. */
    end(unsent: number): void {
      add({ ...noLoss, lost: unsent });
      log();
    },
  };
}

const noLoss = { dropped: 0, lost: 0, lostOthers: 0 };
type Loss = Readonly<typeof noLoss>;

function isLoss({ dropped, lost, lostOthers }: Loss): boolean {
  return dropped + lost + lostOthers > 0;
}

function sumOf(one: Loss, two: Loss): Loss {
  return {
    dropped: one.dropped + two.dropped,
    lost: one.lost + two.lost,
    lostOthers: one.lostOthers + two.lostOthers,
  };
}
