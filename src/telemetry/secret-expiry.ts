import type { Telemetry } from "./telemetry.ts";

const everyMs = 3_600_000;
const dayMs = 86_400_000;

/** To be called after every good read: tells once an hour in how many days the newest version of a secret expires. */
export function createSecretExpiryReport(telemetry: Pick<Telemetry, "send">) {
  const toldAt = new Map<string, number>();
  return (secret: string, expiresOn: Date | undefined): void => {
    const now = Date.now();
    if (expiresOn === undefined || now - (toldAt.get(secret) ?? -Infinity) < everyMs) return;
    toldAt.set(secret, now);
    const daysLeft = (expiresOn.getTime() - now) / dayMs;
    telemetry.send({ metric: "secret-days-left", value: daysLeft, properties: { secret } });
  };
}
