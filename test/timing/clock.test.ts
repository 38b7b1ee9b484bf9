import { systemClock } from "../../src/timing/clock.ts";

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test("a timer of systemClock does not keep the worker alive", () => {
  const timers = jest.spyOn(globalThis, "setTimeout");
  systemClock.after(1_000, () => undefined);
  expect(timers.mock.results.map(({ value }) => (value as NodeJS.Timeout).hasRef())).toEqual([
    false,
  ]);
});
