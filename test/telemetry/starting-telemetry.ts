import { systemClock } from "../../src/timing/clock.ts";
import type { Exporter, TelemetryEvent } from "../../src/telemetry/event.ts";
import { createTelemetry } from "../../src/telemetry/telemetry.ts";

export const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);

export const event = (count: number): TelemetryEvent => ({
  name: "otp-delivery",
  at: new Date(Date.now()),
  properties: { count },
  attempts: [],
});

interface Sdk {
  readonly loading?: () => void;
  readonly sending?: () => void;
  readonly flushing?: () => Promise<void>;
}

export function start({
  loading = () => undefined,
  sending = () => undefined,
  flushing = () => Promise.resolve(),
}: Sdk = {}) {
  const sent: TelemetryEvent[] = [];
  const state = { loads: 0, flushes: 0, warnings: [] as string[] };
  const exporter: Exporter = {
    send(given) {
      sending();
      sent.push(given);
    },
    flush() {
      state.flushes++;
      return flushing();
    },
  };
  const load = () => {
    state.loads++;
    loading();
    return exporter;
  };
  const telemetry = createTelemetry(systemClock, load, (message) => state.warnings.push(message));
  const answer = (given: TelemetryEvent) => {
    telemetry.begin();
    telemetry.send(given);
    telemetry.end();
  };
  return { telemetry, sent, state, answer };
}

export const counts = (events: readonly TelemetryEvent[]) =>
  events.map(({ properties }) => properties["count"]);
