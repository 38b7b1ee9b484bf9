import { systemClock } from "../../src/timing/clock.ts";
import { startDeadline, beforeDeadline } from "../../src/timing/deadline.ts";

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

describe("a deadline", () => {
  test("aborts when the time has passed, and not before", async () => {
    const deadline = startDeadline(systemClock, 2_500);
    const { signal } = deadline;
    expect(deadline.remainingMs()).toBe(2_500);
    await jest.advanceTimersByTimeAsync(2_499);
    expect(deadline.remainingMs()).toBe(1);
    expect(signal.aborted).toBe(false);
    await jest.advanceTimersByTimeAsync(1);
    expect(signal.aborted).toBe(true);
  });

  test("that has ended never aborts, and leaves no timer", async () => {
    const budget = startDeadline(systemClock, 2_500);
    budget.end();
    expect(jest.getTimerCount()).toBe(0);
    await jest.advanceTimersByTimeAsync(10_000);
    expect(budget.signal.aborted).toBe(false);
  });
});

describe("within a deadline", () => {
  const later = (ms: number) => new Promise<string>((resolve) => setTimeout(resolve, ms, "value"));

  test("a promise that is kept in time gives its value", async () => {
    const value = beforeDeadline(later(999), startDeadline(systemClock, 1_000));
    await jest.advanceTimersByTimeAsync(999);
    await expect(value).resolves.toBe("value");
  });

  test("a promise that is not gives nothing, at the deadline", async () => {
    let settled = false;
    const value = beforeDeadline(later(5_000), startDeadline(systemClock, 1_000)).finally(() => (settled = true));
    await jest.advanceTimersByTimeAsync(999);
    expect(settled).toBe(false);
    await jest.advanceTimersByTimeAsync(1);
    await expect(value).resolves.toBeUndefined();
  });

  test("that has passed before, nothing is waited for", async () => {
    const budget = startDeadline(systemClock, 1);
    await jest.advanceTimersByTimeAsync(2);
    await expect(beforeDeadline(new Promise(() => undefined), budget)).resolves.toBeUndefined();
  });

  test("a promise that fails in time fails", async () => {
    const failure = new Error("no");
    await expect(beforeDeadline(Promise.reject(failure), startDeadline(systemClock, 1_000))).rejects.toBe(failure);
  });

  test("no listener is left on the signal, whichever came first", async () => {
    const budget = startDeadline(systemClock, 1_000);
    const added = jest.spyOn(budget.signal, "addEventListener");
    const removed = jest.spyOn(budget.signal, "removeEventListener");
    await beforeDeadline(Promise.resolve(1), budget);
    await jest.advanceTimersByTimeAsync(0);
    expect(removed).toHaveBeenCalledTimes(added.mock.calls.length);
  });
});
