import type { Clock } from "../timing/clock.ts";
import type { Telemetry } from "./telemetry.ts";

const everyMs = 3_600_000;
const dayMs = 86_400_000;

/** Sends at most one event an hour for each version of a secret. */
export function createSecretExpiry(clock: Pick<Clock, "now">, telemetry: Pick<Telemetry, "send">) {
  const sentAt = new Map<string, number>();
  return (secret: string, expiresOn: Date | undefined): void => {
    const now = clock.now();
    const version = `${secret} ${expiresOn?.getTime()}`;
    if (expiresOn === undefined || now - (sentAt.get(version) ?? -Infinity) < everyMs) return;
    sentAt.set(version, now);
    const daysLeft = (expiresOn.getTime() - now) / dayMs;
    telemetry.send({
      name: "secret-expiry",
      at: new Date(now),
      properties: { secret, daysLeft },
      attempts: [],
    });
  };
}
