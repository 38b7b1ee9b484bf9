import { systemClock } from "../../src/timing/clock.ts";
import { createRunner } from "../../src/timing/background.ts";

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);

/** Creates a runner. `state.end` ends a run, and its argument is the pause after the run. */
function running() {
  const state = { runs: 0, end: (() => undefined) as (pauseMs?: number) => void };
  const runner = createRunner(systemClock, () => {
    state.runs += 1;
    return new Promise((resolve) => (state.end = resolve));
  });
  return { runner, state };
}

test("after three calls of wake(), one run begins, at the earliest requested time", async () => {
  const { runner, state } = running();
  runner.wake(5_000);
  await pass(1_000);
  runner.wake(1_000);
  runner.wake(5_000);
  await pass(999);
  expect(state.runs).toBe(0);
  await pass(1);
  expect(state.runs).toBe(1);
  state.end();
  await pass(60_000);
  expect(state.runs).toBe(1);
});

test("a run that is requested during another run begins after that run", async () => {
  const { runner, state } = running();
  runner.wake(0);
  await pass(1);
  runner.wake(1_000);
  state.end();
  await pass(1_000);
  expect(state.runs).toBe(2);
  runner.wake(0);
  await pass(60_000);
  expect(state.runs).toBe(2);
});

test("a call of wake() during a run does not shorten the pause after the run", async () => {
  const { runner, state } = running();
  runner.wake(0);
  await pass(1);
  runner.wake(100);
  state.end(5_000);
  await pass(1_000);
  runner.wake(0);
  await pass(3_999);
  expect(state.runs).toBe(1);
  await pass(1);
  expect(state.runs).toBe(2);
});

describe("a worker that stops", () => {
  test("flush() starts one more run right after the current run, without the pause", async () => {
    const { runner, state } = running();
    runner.wake(0);
    await pass(1);
    expect(runner.stopping).toBe(false);
    let flushed = false;
    void runner.flush(1_000).then(() => (flushed = true));
    state.end(5_000);
    await pass(1);
    expect([state.runs, runner.stopping, flushed]).toEqual([2, true, false]);
    state.end();
    await pass(1);
    expect(flushed).toBe(true);
  });

  test("flush() waits for the last run no longer than its limit", async () => {
    const { runner } = running();
    let flushed = false;
    void runner.flush(1_000).then(() => (flushed = true));
    await pass(999);
    expect(flushed).toBe(false);
    await pass(1);
    expect(flushed).toBe(true);
  });
});
