import type { Clock } from "../timing/clock.ts";
import { createMinuteSums } from "../timing/minute-sums.ts";
import type { Telemetry } from "./telemetry.ts";

/**
 * Reports, once a minute at most, how many sent codes could not be kept: events of their use will
 * lack the code.
 */
export function createCodesLostReport(
  clock: Clock,
  telemetry: Pick<Telemetry, "send">,
  warn: (message: string) => void,
) {
  const sums = createMinuteSums(clock, (name, count) => {
    warn(`${count} sent codes could not be kept; events of their use will lack them.`);
    telemetry.send({ name, at: new Date(clock.now()), properties: { count }, calls: [] });
  });
  return {
    add: (count: number): void => {
      if (count > 0) sums.add("codes-lost", count);
    },
    /** Reports at once, because the worker stops. */
    report: sums.end,
  };
}

const everyMs = 3_600_000;
const dayMs = 86_400_000;

/**
 * Sends the days until a secret's newest version expires, once an hour. To be called after every
 * successful read.
 */
export function createSecretExpiryReport(
  clock: Pick<Clock, "now">,
  telemetry: Pick<Telemetry, "send">,
) {
  const sentAt = new Map<string, number>();
  return (secret: string, expiresOn: Date | undefined): void => {
    const now = clock.now();
    if (expiresOn === undefined || now - (sentAt.get(secret) ?? -Infinity) < everyMs) return;
    sentAt.set(secret, now);
    const daysLeft = (expiresOn.getTime() - now) / dayMs;
    telemetry.send({ metric: "secret-days-left", value: daysLeft, properties: { secret } });
  };
}
