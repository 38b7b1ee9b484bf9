import type { Clock } from "../timing/clock.ts";
import type { Telemetry } from "./telemetry.ts";

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
