import type { Lost, TelemetryEvent } from "./exporter.ts";

export interface LossReport {
  /** An event had no room to wait. */
  dropped(): void;
  lost(lost: Lost): void;
  /** Sends what is not yet told as an event, and keeps it where that does not arrive. True where nothing is left to tell. */
  tell(arrives: (event: TelemetryEvent) => Promise<boolean>): Promise<boolean>;
  /** The worker stops: nothing more will be sent. */
  end(unsent: number): void;
}

/** One loss seldom comes alone: so long, and the first warning already has a count. */
const warnAfterMs = 1_000;
const warnEveryMs = 60_000;

/** Says that telemetry was lost: in the log at most once a minute, and as an event once telemetry works again. */
export function createLossReport(warn: (message: string) => void): LossReport {
  let untold = noLoss();
  let unsaid = noLoss();
  let saidAt = -Infinity;
  let saying: NodeJS.Timeout | undefined;

  function add(dropped: number, { events, others }: Lost): void {
    if (dropped + events + others === 0) return;
    for (const sum of [untold, unsaid]) {
      sum.dropped += dropped;
      sum.lost += events;
      sum.lostOthers += others;
    }
    saying ??= setTimeout(say, Math.max(warnAfterMs, saidAt + warnEveryMs - performance.now())).unref();
  }

  function say(): void {
    clearTimeout(saying);
    saying = undefined;
    const { dropped, lost, lostOthers } = unsaid;
    if (dropped + lost + lostOthers === 0) return;
    saidAt = performance.now();
    unsaid = noLoss();
    warn(
      `Telemetry was lost: ${dropped} events had no room to wait; of those sent, ${lost} events and ${lostOthers} calls ` +
        "and metrics did not arrive.",
    );
  }

  return {
    dropped() {
      add(1, { events: 0, others: 0 });
    },
    lost(lost) {
      add(0, lost);
    },
    async tell(arrives) {
      const { dropped, lost, lostOthers } = untold;
      if (dropped + lost + lostOthers === 0) return true;
      const properties = { ...untold };
      untold = noLoss();
      if (await arrives({ name: "telemetry-dropped", at: new Date(), properties, calls: [] })) return true;
      untold.dropped += dropped;
      untold.lost += lost;
      untold.lostOthers += lostOthers;
      return false;
    },
    end(unsent) {
      add(0, { events: unsent, others: 0 });
      say();
    },
  };
}

function noLoss(): { dropped: number; lost: number; lostOthers: number } {
  return { dropped: 0, lost: 0, lostOthers: 0 };
}
