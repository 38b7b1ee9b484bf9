import { createTelemetry, type Exporter, type TelemetryEvent } from "../../src/telemetry/telemetry.ts";

export const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);

export const event = (count: number): TelemetryEvent => ({
  name: "otp-delivery",
  at: new Date(Date.now()),
  properties: { count },
  calls: [],
});

/** Telemetry with an SDK that only writes down what it is given. */
export function start({ loading = () => Promise.resolve(), flushing = () => Promise.resolve() } = {}) {
  const sent: TelemetryEvent[] = [];
  const state = { loads: 0, flushes: 0, largestBatch: 0, warnings: [] as string[] };
  let unflushed = 0;
  const exporter: Exporter = {
    send(given) {
      sent.push(given);
      state.largestBatch = Math.max(state.largestBatch, ++unflushed);
    },
    flush() {
      state.flushes++;
      unflushed = 0;
      return flushing();
    },
  };
  const load = async () => {
    state.loads++;
    await loading();
    return exporter;
  };
  const telemetry = createTelemetry(load, (message) => state.warnings.push(message));
  const answer = (given: TelemetryEvent) => {
    telemetry.begin();
    telemetry.end(given);
  };
  return { telemetry, sent, state, answer };
}
export const counts = (events: readonly TelemetryEvent[]) => events.map(({ properties }) => properties["count"]);
