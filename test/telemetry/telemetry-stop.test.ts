import type { Lost } from "../../src/telemetry/exporter.ts";
import { event, pass, start } from "./starting-telemetry.ts";

beforeEach(() => jest.useFakeTimers({ now: new Date("2030-01-01T00:00:00Z") }));
afterEach(() => jest.useRealTimers());

test("a worker that stops waits about 2 s for a flush, and logs unsent events", async () => {
  const { telemetry, state, answer } = start({ flushing: () => new Promise(() => undefined) });
  await pass(1_100);
  for (let count = 0; count < 300; count++) answer(event(count));
  await pass(1_000);
  let done = false;
  void telemetry.flush().then(() => (done = true));
  await pass(2_100);
  expect(done).toBe(true);
  expect(state.warnings).toEqual([expect.stringContaining(" 300 events and 0 attempts")]);
});

test("a worker that is stopped twice logs its unsent events once", async () => {
  let endFlush: (lost: Lost) => void = () => undefined;
  const { telemetry, state, answer } = start({
    flushing: () => new Promise((resolve) => (endFlush = resolve)),
  });
  await pass(1_100);
  for (let count = 0; count < 300; count++) answer(event(count));
  await pass(1_000);
  void telemetry.flush();
  await pass(10);
  void telemetry.flush();
  await pass(2_100);
  endFlush({ events: 250, others: 0 });
  await pass(120_000);
  expect(state.warnings).toEqual([expect.stringContaining(" 300 events and 0 attempts")]);
});
