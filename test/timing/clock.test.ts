import { bounded, startDeadline, systemClock } from "../../src/timing/clock.ts";

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test("a timer of systemClock does not keep the worker alive", () => {
  const timers = jest.spyOn(globalThis, "setTimeout");
  systemClock.after(1_000, () => undefined);
  expect(timers.mock.results.map(({ value }) => (value as NodeJS.Timeout).hasRef())).toEqual([
    false,
  ]);
});

test("elapsed() of systemClock does not change if the machine's clock is set back", () => {
  const before = systemClock.elapsed();
  jest.setSystemTime(Date.now() - 3_600_000);
  expect(systemClock.elapsed()).toBe(before);
});

describe("a deadline", () => {
  test("a deadline aborts its signal exactly when its time is over", async () => {
    const deadline = startDeadline(systemClock, 2_500);
    const { signal } = deadline;
    expect(deadline.remainingMs()).toBe(2_500);
    await jest.advanceTimersByTimeAsync(2_499);
    expect(deadline.remainingMs()).toBe(1);
    expect(signal.aborted).toBe(false);
    await jest.advanceTimersByTimeAsync(1);
    expect(signal.aborted).toBe(true);
  });

  test("after end(), a deadline has no timer, and never aborts its signal", async () => {
    const budget = startDeadline(systemClock, 2_500);
    budget.end();
    expect(jest.getTimerCount()).toBe(0);
    await jest.advanceTimersByTimeAsync(10_000);
    expect(budget.signal.aborted).toBe(false);
  });
});

describe("a bounded call", () => {
  const later = (ms: number) => new Promise<string>((resolve) => setTimeout(resolve, ms, "value"));

  test("bounded returns a value that comes in time, and leaves no timer", async () => {
    const value = bounded(systemClock, () => later(999), 1_000);
    await jest.advanceTimersByTimeAsync(999);
    await expect(value).resolves.toBe("value");
    expect(jest.getTimerCount()).toBe(0);
  });

  test("bounded rejects at its limit and aborts its signal, even if the call goes on", async () => {
    const aborts: number[] = [];
    const start = Date.now();
    const call = bounded(
      systemClock,
      (signal) => {
        signal.addEventListener("abort", () => aborts.push(Date.now() - start));
        return later(5_000);
      },
      1_000,
    );
    const failed = call.catch((error: unknown) => error);
    await jest.advanceTimersByTimeAsync(2_000);
    expect(await failed).toMatchObject({ code: "timed out" });
    expect(aborts).toEqual([1_000]);
  });

  test("bounded rejects with the error of the call", async () => {
    const failure = new Error("no");
    await expect(bounded(systemClock, () => Promise.reject(failure), 1_000)).rejects.toBe(failure);
  });
});
