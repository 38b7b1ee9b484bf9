import type { Clock } from "../timing/clock.ts";
import { createMinuteLimit, createMinuteSums } from "../timing/minute-sums.ts";
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
    telemetry.send({ name, at: new Date(clock.now()), properties: { count }, attempts: [] });
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

/**
 * Okta limits event hooks by the day. Its page named 100,000 events, which are 70 a minute:
 * https://developer.okta.com/docs/concepts/event-hooks/#rate-limits
 */
const oktaEventsLimit = 600;

/**
 * How many of Okta's events an instance takes in a minute: each is a row of telemetry, and calls of
 * the table. A caller with the event secret could send any number. The rest is reported as a count.
 */
export function createOktaEventLimit(clock: Clock, telemetry: Pick<Telemetry, "send">) {
  const limit = createMinuteLimit(clock, oktaEventsLimit, (name, count) => {
    const properties = { outcome: "malformed", reason: "too-many-events", count };
    telemetry.send({ name, at: new Date(clock.now()), properties, attempts: [] });
  });
  return {
    admits: (): boolean => limit.passes("otp-outcome"),
    /** Reports at once, because the worker stops. */
    report: limit.end,
  };
}
