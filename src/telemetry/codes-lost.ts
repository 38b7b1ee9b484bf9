import type { Clock } from "../timing/clock.ts";
import type { Telemetry } from "./telemetry.ts";

const reportEveryMs = 60_000;

export interface CodesLostReport {
  readonly add: (count: number) => void;
  /** Reports at once, because the worker stops. */
  report(): void;
}

/** Reports, once a minute at most, how many sent codes could not be kept: events of their use will lack the code. */
export function createCodesLostReport(
  clock: Clock,
  telemetry: Pick<Telemetry, "send">,
  warn: (message: string) => void,
): CodesLostReport {
  let count = 0;
  let cancel: (() => void) | undefined;

  function report(): void {
    cancel?.();
    cancel = undefined;
    if (count === 0) return;
    warn(`${count} sent codes could not be kept; events of their use will lack them.`);
    telemetry.send({ name: "codes-lost", at: new Date(clock.now()), properties: { count }, calls: [] });
    count = 0;
  }

  return {
    add(more) {
      if (more === 0) return;
      count += more;
      cancel ??= clock.after(reportEveryMs, report);
    },
    report,
  };
}
