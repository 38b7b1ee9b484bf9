import { systemClock } from "../../src/timing/clock.ts";
import { createExchangeRuns } from "../../src/wiring/exchange-runs.ts";

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

/** An exchange whose runs end when the test says so. */
function running() {
  const state = { runs: 0, hastened: 0, warnings: [] as string[], end: [] as { ok(): void; fail(): void }[] };
  const exchange = {
    run: () =>
      new Promise<void>((resolve, reject) => {
        state.runs += 1;
        const fail = () => {
          reject(Object.assign(new Error("about +12025550123"), { code: "ECONNRESET" }));
        };
        state.end.push({ ok: resolve, fail });
      }),
    hasten: () => {
      state.hastened += 1;
    },
  };
  return { state, runs: createExchangeRuns(systemClock, exchange, (message) => state.warnings.push(message)) };
}

test("an exchange runs at once and each 5 s, never twice at a time", async () => {
  const { state, runs } = running();
  runs.open();
  await jest.advanceTimersByTimeAsync(20_000);
  expect(state.runs).toBe(1);
  state.end[0]?.ok();
  await jest.advanceTimersByTimeAsync(5_000);
  expect(state.runs).toBe(2);
});

test("one that fails is logged by its kind of error, and is tried again", async () => {
  const { state, runs } = running();
  runs.open();
  await jest.advanceTimersByTimeAsync(1);
  for (let count = 0; count < 3; count++) {
    state.end[count]?.fail();
    await jest.advanceTimersByTimeAsync(5_000);
  }
  expect(state.runs).toBe(4);
  expect(state.warnings).toEqual(["The guard's counts could not be exchanged (ECONNRESET); it is tried again"]);
});

test("at the end it runs once more behind the run that goes on, and waits a second at most", async () => {
  const { state, runs } = running();
  runs.open();
  await jest.advanceTimersByTimeAsync(1);
  const flushed = runs.flush();
  state.end[0]?.ok();
  await jest.advanceTimersByTimeAsync(0);
  expect([state.runs, state.hastened]).toEqual([2, 1]);
  state.end[1]?.ok();
  await flushed;
  const late = runs.flush();
  await jest.advanceTimersByTimeAsync(1_000);
  await late;
});

test("one that never began sends nothing at the end", async () => {
  const { state, runs } = running();
  await runs.flush();
  expect(state.runs).toBe(0);
});
