import { systemClock } from "../../src/timing/clock.ts";
import { createRunner } from "../../src/timing/runner.ts";

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);

/** A runner whose runs end when the test says so, with the pause that it gives. */
function running() {
  const state = { runs: 0, end: (() => undefined) as (pauseMs?: number) => void };
  const runner = createRunner(systemClock, () => {
    state.runs += 1;
    return new Promise((resolve) => (state.end = resolve));
  });
  return { runner, state };
}

test("a run begins once within the shortest time that somebody asked for", async () => {
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

test("never two at a time: who asks while a run goes on has the next one", async () => {
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

test("a pause that a run asks for is as long as that, whoever asks meanwhile", async () => {
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
  test("has a run behind the one that goes on, which knows that it is the last, and cuts a pause short", async () => {
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

  test("waits no longer than it may", async () => {
    const { runner } = running();
    let flushed = false;
    void runner.flush(1_000).then(() => (flushed = true));
    await pass(999);
    expect(flushed).toBe(false);
    await pass(1);
    expect(flushed).toBe(true);
  });
});
