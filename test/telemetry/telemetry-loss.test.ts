import type { Lost, Measurement, TelemetryEvent } from "../../src/telemetry/exporter.ts";
import { counts, event, pass, start } from "./starting-telemetry.ts";

beforeEach(() => jest.useFakeTimers({ now: new Date("2030-01-01T00:00:00Z") }));
afterEach(() => jest.useRealTimers());

type Item = TelemetryEvent | Measurement;
const isReport = (item: Item): item is TelemetryEvent =>
  "name" in item && item.name === "telemetry-dropped";
const reports = (sent: readonly Item[]) =>
  sent.filter(isReport).map(({ properties }) => properties);
const never = () => new Promise<undefined>(() => undefined);

/** Starts telemetry whose ingestion loses every item while `down`. */
function startWithIngestion() {
  const ingestion = { down: false };
  const arrived: Item[] = [];
  const flushing = (batch: readonly Item[]): Promise<Lost> => {
    if (ingestion.down) return Promise.resolve({ events: batch.length, others: 2 * batch.length });
    arrived.push(...batch);
    return Promise.resolve({ events: 0, others: 0 });
  };
  return { ...start({ flushing }), ingestion, arrived };
}

test("events beyond 5,000 are dropped, logged and reported by a `telemetry-dropped` event", async () => {
  const { sent, state, answer } = start();
  for (let count = 0; count < 5_123; count++) answer(event(count));
  await pass(2_000);
  expect(counts(sent.filter((item) => !isReport(item)))).toEqual(
    Array.from({ length: 5_000 }, (_, count) => count),
  );
  expect(reports(sent)).toEqual([{ dropped: 123, lost: 0, lostOthers: 0 }]);
  await pass(120_000);
  expect(state.warnings).toEqual([expect.stringContaining("123 events did not fit")]);
});

test("an ingestion outage loses one batch, and later events arrive after its report", async () => {
  const { sent, state, answer, ingestion, arrived } = startWithIngestion();
  await pass(1_100);
  ingestion.down = true;
  for (let count = 0; count < 10; count++) answer(event(count));
  await pass(1_000);
  for (let count = 10; count < 100; count++) answer(event(count));
  await pass(60_000);
  expect(counts(sent.filter((item) => !isReport(item)))).toHaveLength(10);
  ingestion.down = false;
  await pass(5_000);
  expect(reports(arrived)).toEqual([{ dropped: 0, lost: 10, lostOthers: 20 }]);
  expect(counts(arrived.slice(1))).toEqual(Array.from({ length: 90 }, (_, index) => 10 + index));
  expect(state.warnings).toEqual([expect.stringContaining("10 events and 20 attempts")]);
});

test("a loss is reported after the outage even if no other event comes", async () => {
  const { answer, ingestion, arrived } = startWithIngestion();
  await pass(1_100);
  ingestion.down = true;
  answer(event(0));
  await pass(60_000);
  ingestion.down = false;
  await pass(5_000);
  expect(reports(arrived)).toEqual([{ dropped: 0, lost: 1, lostOthers: 2 }]);
  await pass(600_000);
  expect(arrived).toHaveLength(1);
});

test("losses are logged at most once a minute, and every loss is logged", async () => {
  // Every batch loses an event, but the report of that loss arrives.
  const { state, answer } = start({
    flushing: (batch) =>
      Promise.resolve(batch.some(isReport) ? undefined : { events: 1, others: 0 }),
  });
  await pass(1_100);
  for (let second = 0; second < 150; second++) {
    answer(event(second));
    await pass(1_000);
  }
  await pass(120_000);
  const logged = state.warnings.map((warning) => Number(/\. (\d+) events and/.exec(warning)?.[1]));
  expect(logged).toHaveLength(4);
  expect(logged.reduce((sum, count) => sum + count)).toBe(state.flushes / 2);
});

test("a loss is reported until its report has arrived, and then no more", async () => {
  let flushes = 0;
  const arrived: Item[] = [];
  const { answer } = start({
    flushing: (batch) => {
      // Ingestion loses the first batch and the first two reports.
      if (++flushes <= 3) return Promise.resolve({ events: batch.length, others: 0 });
      arrived.push(...batch);
      return Promise.resolve(undefined);
    },
  });
  await pass(1_100);
  answer(event(0));
  await pass(1_000);
  answer(event(1));
  await pass(60_000);
  expect(reports(arrived)).toEqual([{ dropped: 0, lost: 1, lostOthers: 0 }]);
  expect(counts(arrived.slice(1))).toEqual([1]);
});

test("while a flush hangs, no other flush starts, and events beyond 5,000 are dropped", async () => {
  const { sent, state, answer } = start({ flushing: never });
  await pass(1_100);
  for (let count = 0; count < 6_000; count++) answer(event(count));
  await pass(300_000);
  expect(state.flushes).toBe(1);
  expect(sent.length).toBeLessThanOrEqual(250);
  expect(state.warnings).toEqual([expect.stringContaining("1000 events did not fit")]);
});

test("a worker that stops after an outage sends all waiting events and reports the loss", async () => {
  const { telemetry, answer, ingestion, arrived } = startWithIngestion();
  await pass(1_100);
  ingestion.down = true;
  for (let count = 0; count < 5; count++) answer(event(count));
  await pass(1_000);
  for (let count = 5; count < 100; count++) answer(event(count));
  ingestion.down = false;
  await telemetry.flush();
  expect(arrived.filter((item) => !isReport(item))).toHaveLength(95);
  expect(reports(arrived)).toEqual([{ dropped: 0, lost: 5, lostOthers: 10 }]);
});
