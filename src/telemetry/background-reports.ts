import type { Clock } from "../timing/clock.ts";
import { createMinuteLimit, createMinuteSums } from "./minute-sums.ts";
import type { Telemetry } from "./telemetry.ts";

/** Reports, at most once a minute, how many sent codes could not be stored. */
export function createCodesLostReport(
  clock: Clock,
  telemetry: Pick<Telemetry, "send">,
  warn: (message: string) => void,
) {
  const sums = createMinuteSums(clock, (name, count) => {
    warn(`${count} sent codes could not be stored. Okta's events about them will not be matched.`);
    telemetry.send({ name, at: new Date(clock.now()), properties: { count }, attempts: [] });
  });
  return {
    add: (count: number): void => {
      if (count > 0) sums.add("codes-lost", count);
    },
    report: sums.end,
  };
}

const everyMs = 3_600_000;
const dayMs = 86_400_000;

/**
 * Returns a function to call after each good read of a secret. Once an hour, it sends the days
 * until the secret's newest version expires.
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

/**
 * Events a minute. Okta's page once named a limit of 100,000 events a day, which is 70 a minute:
 * https://developer.okta.com/docs/concepts/event-hooks/#rate-limits
 */
const oktaEventsLimit = 600;

/**
 * Limits how many of Okta's events this instance handles in a minute: each event costs a row of
 * telemetry and calls to the table. Reports how many exceeded the limit.
 */
export function createOktaEventLimit(clock: Clock, telemetry: Pick<Telemetry, "send">) {
  const limit = createMinuteLimit(clock, oktaEventsLimit, (name, count) => {
    const properties = { outcome: "malformed", reason: "too-many-events", count };
    telemetry.send({ name, at: new Date(clock.now()), properties, attempts: [] });
  });
  return {
    admits: (): boolean => limit.passes("otp-outcome"),
    report: limit.end,
  };
}
