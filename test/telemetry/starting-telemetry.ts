import { systemClock } from "../../src/timing/clock.ts";
import type { Exporter, Lost, Measurement, TelemetryEvent } from "../../src/telemetry/exporter.ts";
import { createTelemetry } from "../../src/telemetry/telemetry.ts";

export const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);

export const event = (count: number): TelemetryEvent => ({
  name: "otp-delivery",
  at: new Date(Date.now()),
  properties: { count },
  attempts: [],
});

const nothing: Lost = { events: 0, others: 0 };

interface Sdk {
  readonly loading?: () => Promise<void>;
  readonly flushing?: (
    batch: readonly (TelemetryEvent | Measurement)[],
  ) => Promise<Lost | undefined>;
}

/** Starts telemetry with an SDK that records the items it gets. */
export function start({
  loading = () => Promise.resolve(),
  flushing = () => Promise.resolve(nothing),
}: Sdk = {}) {
  const sent: (TelemetryEvent | Measurement)[] = [];
  const state = { loads: 0, flushes: 0, largestBatch: 0, warnings: [] as string[] };
  let unflushed: (TelemetryEvent | Measurement)[] = [];
  const exporter: Exporter = {
    send(given) {
      sent.push(given);
      unflushed.push(given);
      state.largestBatch = Math.max(state.largestBatch, unflushed.length);
    },
    async flush() {
      state.flushes++;
      const batch = unflushed;
      unflushed = [];
      return (await flushing(batch)) ?? nothing;
    },
  };
  const load = async () => {
    state.loads++;
    await loading();
    return exporter;
  };
  const telemetry = createTelemetry(systemClock, load, (message) => state.warnings.push(message));
  const answer = (given: TelemetryEvent) => {
    telemetry.begin();
    telemetry.end(given);
  };
  return { telemetry, sent, state, answer };
}

export const counts = (items: readonly (TelemetryEvent | Measurement)[]) =>
  items.map(({ properties }) => properties["count"]);
