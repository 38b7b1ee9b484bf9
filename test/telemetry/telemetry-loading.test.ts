import { systemClock } from "../../src/timing/clock.ts";
import { createTelemetry, nowhere } from "../../src/telemetry/telemetry.ts";
import { counts, event, pass, start } from "./starting-telemetry.ts";

beforeEach(() => jest.useFakeTimers({ now: new Date("2030-01-01T00:00:00Z") }));
afterEach(() => jest.useRealTimers());

describe("the SDK is loaded", () => {
  test("after an idle moment, where there was no request at all", async () => {
    const { state } = start();
    await pass(900);
    expect(state.loads).toBe(0);
    await pass(200);
    expect(state.loads).toBe(1);
  });

  test("after an idle moment behind the last answer", async () => {
    const { state, answer } = start();
    for (let count = 0; count < 4; count++) {
      await pass(900);
      answer(event(count));
    }
    await pass(900);
    expect(state.loads).toBe(0);
    await pass(200);
    expect(state.loads).toBe(1);
  });

  test("never while a request is being answered, nor when one of two is", async () => {
    const { telemetry, state } = start();
    telemetry.begin();
    telemetry.begin();
    await pass(2_400);
    telemetry.end(event(1));
    await pass(2_400);
    expect(state.loads).toBe(0);
    telemetry.end(event(2));
    await pass(900);
    expect(state.loads).toBe(0);
    await pass(200);
    expect(state.loads).toBe(1);
  });

  test("5 s after the first event, where the worker is never idle", async () => {
    const { telemetry, state } = start();
    telemetry.begin();
    for (let count = 0; count < 49; count++) {
      telemetry.begin();
      telemetry.end(event(count));
      await pass(100);
    }
    expect(state.loads).toBe(0);
    telemetry.begin();
    await pass(200);
    expect(state.loads).toBe(1);
  });

  test("once, whatever comes together", async () => {
    const { telemetry, state, answer } = start();
    answer(event(1));
    await Promise.all([telemetry.flush(), telemetry.flush(), pass(20_000)]);
    answer(event(2));
    await pass(20_000);
    expect(state.loads).toBe(1);
  });

  test("not at all where there is nowhere to send to: events are forgotten, and hooks are waited for all the same", async () => {
    const warn = jest.fn();
    const telemetry = createTelemetry(systemClock, () => Promise.resolve(nowhere), warn);
    let flushed = false;
    telemetry.begin();
    void telemetry.flush().then(() => (flushed = true));
    await pass(50);
    expect(flushed).toBe(false);
    telemetry.end(event(1));
    await pass(1_000);
    expect(flushed).toBe(true);
    expect(warn).not.toHaveBeenCalled();
  });
});

describe("flush", () => {
  test("loads the SDK if need be, and sends what is waiting", async () => {
    const { telemetry, sent, state, answer } = start();
    answer(event(1));
    await telemetry.flush();
    expect(counts(sent)).toEqual([1]);
    expect(state.flushes).toBeGreaterThan(0);
  });

  test("waits until all is sent", async () => {
    let done = false;
    const { telemetry, answer } = start({
      flushing: () => new Promise((resolve) => setTimeout(resolve, 300, undefined)),
    });
    answer(event(1));
    void telemetry.flush().then(() => (done = true));
    await pass(299);
    expect(done).toBe(false);
    await pass(1_000);
    expect(done).toBe(true);
  });

  test("joins a load that is under way", async () => {
    const { telemetry, sent, state, answer } = start({
      loading: () => new Promise((resolve) => setTimeout(resolve, 300)),
    });
    answer(event(1));
    await pass(1_100);
    const flushed = telemetry.flush();
    await pass(1_000);
    await flushed;
    expect(state.loads).toBe(1);
    expect(counts(sent)).toEqual([1]);
  });
});
