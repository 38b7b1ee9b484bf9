import { systemClock } from "../../src/timing/clock.ts";
import { createSecretExpiry } from "../../src/telemetry/secret-expiry.ts";
import type { TelemetryEvent } from "../../src/telemetry/event.ts";

const day = 86_400_000;
beforeEach(() => jest.useFakeTimers({ now: new Date("2030-01-01T00:00:00Z") }));
afterEach(() => jest.useRealTimers());

function startReport() {
  const sent: TelemetryEvent[] = [];
  return {
    sent,
    report: createSecretExpiry(systemClock, { send: (item) => sent.push(item) }),
  };
}
const inDays = (days: number) => new Date(Date.now() + days * day);

test("daysLeft is negative after a secret's expiry, and a secret without an expiry has no event", () => {
  const { sent, report } = startReport();
  report("okta-hook-secret", undefined);
  report("okta-hook-secret", inDays(29.5));
  report("eight-by-eight-api-key", inDays(-2));
  expect(sent).toMatchObject([
    { name: "secret-expiry", properties: { secret: "okta-hook-secret", daysLeft: 29.5 } },
    { name: "secret-expiry", properties: { secret: "eight-by-eight-api-key", daysLeft: -2 } },
  ]);
});

test("two versions of a secret that callers send have an event each", () => {
  const { sent, report } = startReport();
  for (const days of [170, 3, 170, 3]) report("okta-hook-secret", inDays(days));
  expect(sent.map(({ properties }) => properties["daysLeft"])).toEqual([170, 3]);
});

test("the event secret-expiry is sent for each secret once an hour, even if reads are more frequent", () => {
  const { sent, report } = startReport();
  const expiresOn = inDays(90);
  for (let read = 0; read < 36; read++) {
    report("okta-hook-secret", expiresOn);
    report("eight-by-eight-api-key", expiresOn);
    jest.advanceTimersByTime(5 * 60_000);
  }
  expect(sent.map(({ properties }) => properties["secret"])).toEqual(
    Array.from({ length: 3 }, () => ["okta-hook-secret", "eight-by-eight-api-key"]).flat(),
  );
});
