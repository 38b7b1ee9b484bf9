import { systemClock } from "../../src/timing/clock.ts";
import { createMinuteSums } from "../../src/telemetry/minute-sums.ts";

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test("createMinuteSums reports a sum once, a minute after its start or when the worker stops", async () => {
  const reports: [string, number][] = [];
  const sums = createMinuteSums(systemClock, (name, sum) => reports.push([name, sum]));
  expect([sums.add("codes", 2), sums.add("codes", 3)]).toEqual([2, 5]);
  await jest.advanceTimersByTimeAsync(60_000);
  sums.add("codes", 1);
  sums.end();
  await jest.advanceTimersByTimeAsync(60_000);
  expect(reports).toEqual([
    ["codes", 5],
    ["codes", 1],
  ]);
});
