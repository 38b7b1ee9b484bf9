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

const everyMs = 3_600_000;
const dayMs = 86_400_000;

/** Sends the days until a secret's newest version expires, once an hour. To be called after every successful read. */
export function createSecretExpiryReport(clock: Pick<Clock, "now">, telemetry: Pick<Telemetry, "send">) {
  const sentAt = new Map<string, number>();
  return (secret: string, expiresOn: Date | undefined): void => {
    const now = clock.now();
    if (expiresOn === undefined || now - (sentAt.get(secret) ?? -Infinity) < everyMs) return;
    sentAt.set(secret, now);
    const daysLeft = (expiresOn.getTime() - now) / dayMs;
    telemetry.send({ metric: "secret-days-left", value: daysLeft, properties: { secret } });
  };
}
