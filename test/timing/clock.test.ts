import { bounded } from "../../src/timing/deadline.ts";
import { closable, systemClock } from "../../src/timing/clock.ts";

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test("a timer of systemClock does not keep the worker alive", () => {
  const timers = jest.spyOn(globalThis, "setTimeout");
  systemClock.after(1_000, () => undefined);
  expect(timers.mock.results.map(({ value }) => (value as NodeJS.Timeout).hasRef())).toEqual([
    false,
  ]);
});

describe("a clock that was closed", () => {
  test("a closed clock has no timer left and sets no new one", async () => {
    const clock = closable(systemClock);
    const acted: string[] = [];
    clock.after(1_000, () => acted.push("in time"));
    clock.after(3_000, () => acted.push("left"));
    clock.after(2_000, () => acted.push("cancelled"))();
    await jest.advanceTimersByTimeAsync(2_000);
    clock.close();
    expect(jest.getTimerCount()).toBe(0);
    clock.after(1, () => acted.push("after it closed"));
    await jest.advanceTimersByTimeAsync(10_000);
    expect(acted).toEqual(["in time"]);
  });

  test("a closed clock aborts and rejects a pending call that never settles", async () => {
    const clock = closable(systemClock);
    let aborted = false;
    const call = bounded(
      clock,
      (signal) => {
        signal.addEventListener("abort", () => (aborted = true));
        return new Promise(() => undefined);
      },
      10_000,
    );
    clock.close();
    await expect(call).rejects.toMatchObject({ code: "timed out" });
    expect(aborted).toBe(true);
  });
});
