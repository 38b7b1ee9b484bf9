import { systemClock } from "../../../src/timing/clock.ts";
import type { TelemetryEvent } from "../../../src/telemetry/event.ts";
import { createSecretExpiry } from "../../../src/telemetry/secret-expiry.ts";
import type { Row } from "../kql-run.ts";
import { minuteMs, minutesAgo } from "./clock.ts";
import { asCustomEvent } from "./hooks.ts";

export function secretExpiry(secret: string, days: number): Row {
  const sent: TelemetryEvent[] = [];
  const report = createSecretExpiry(systemClock, { send: (event) => sent.push(event) });
  report(secret, new Date(Date.now() + days * 24 * 60 * minuteMs));
  const [event] = sent;
  if (event === undefined) throw new Error("No event was sent.");
  return asCustomEvent({ ...event, at: minutesAgo(10) }, "");
}
