import type { Telemetry } from "./telemetry.ts";

const reportEveryMs = 60_000;

export interface CodesLostReport {
  readonly add: (count: number) => void;
  /** Reports at once, because the worker stops. */
  report(): void;
}

/** Reports, once a minute at most, how many sent codes could not be kept: events of their use will lack the code. */
export function createCodesLostReport(
  telemetry: Pick<Telemetry, "send">,
  warn: (message: string) => void,
): CodesLostReport {
  let count = 0;
  let timer: NodeJS.Timeout | undefined;

  function report(): void {
    clearTimeout(timer);
    timer = undefined;
    if (count === 0) return;
    warn(`${count} sent codes could not be kept; events of their use will lack them.`);
    telemetry.send({ name: "codes-lost", at: new Date(), properties: { count }, calls: [] });
    count = 0;
  }

  return {
    add(more) {
      if (more === 0) return;
      count += more;
      timer ??= setTimeout(report, reportEveryMs).unref();
    },
    report,
  };
}
