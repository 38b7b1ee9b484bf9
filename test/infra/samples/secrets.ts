import { systemClock } from "../../../src/timing/clock.ts";
import type { Measurement } from "../../../src/telemetry/exporter.ts";
import { createSecretExpiryReport } from "../../../src/telemetry/background-reports.ts";
import type { Row } from "../kql-run.ts";
import { minuteMs, minutesAgo } from "./clock.ts";

/** The metric that an instance sends for a secret that expires in this many days. */
export function secretDaysLeft(secret: string, days: number): Row {
  const sent: Measurement[] = [];
  const report = createSecretExpiryReport(systemClock, {
    send: (item) => "metric" in item && sent.push(item),
  });
  report(secret, new Date(Date.now() + days * 24 * 60 * minuteMs));
  const [{ metric, value, properties } = { metric: "", value: 0, properties: {} }] = sent;
  return { timestamp: minutesAgo(10), name: metric, value, customDimensions: properties };
}
