import { counts, event, pass, start } from "./starting-telemetry.ts";

beforeEach(() => jest.useFakeTimers({ now: new Date("2030-01-01T00:00:00Z") }));
afterEach(() => jest.useRealTimers());

describe("events", () => {
  test("from before the SDK is loaded are sent once, in order and with their own times", async () => {
    const { sent, answer } = start();
    const given = [1, 2, 3].map((count) => ({ ...event(count), at: new Date(Date.now() + count) }));
    for (const one of given) answer(one);
    expect(sent).toEqual([]);
    await pass(30_000);
    expect(sent).toEqual(given);
  });

  test("from while it is being loaded come behind those from before", async () => {
    const { sent, answer } = start({
      loading: () => new Promise((resolve) => setTimeout(resolve, 500)),
    });
    answer(event(1));
    await pass(1_200);
    answer(event(2));
    await pass(100);
    answer(event(3));
    expect(sent).toEqual([]);
    await pass(1_000);
    answer(event(4));
    await pass(5_000);
    expect(counts(sent)).toEqual([1, 2, 3, 4]);
  });

  test("from after wait a second, so that none is converted on a hook's way, and go together", async () => {
    const { sent, state, answer } = start();
    await pass(1_100);
    answer(event(1));
    await pass(900);
    answer(event(2));
    expect(sent).toEqual([]);
    await pass(100);
    expect(counts(sent)).toEqual([1, 2]);
    expect(state.flushes).toBe(1);
  });

  test("of a minute with 20 hooks a second take a flush each 5 s, and none waits longer", async () => {
    const { sent, state, answer } = start();
    await pass(1_100);
    for (let count = 0; count < 1_200; count++) {
      answer(event(count));
      await pass(50);
      expect(count - sent.length).toBeLessThanOrEqual(100);
    }
    expect(state.flushes).toBe(12);
    await pass(5_000);
    expect(counts(sent)).toEqual(Array.from({ length: 1_200 }, (_, count) => count));
  });

  test("that fill a batch before its time do not wait for it, but for the answer", async () => {
    const { sent, state, answer } = start();
    await pass(1_100);
    answer(event(0));
    await pass(1_000);
    for (let count = 1; count <= 250; count++) answer(event(count));
    expect(sent).toHaveLength(1);
    await pass(1);
    expect(sent).toHaveLength(251);
    expect(state.flushes).toBe(2);
  });

  test("are given to the SDK in parts that it sends within one flush, each flushed", async () => {
    const { sent, state, answer } = start();
    for (let count = 0; count < 5_000; count++) answer(event(count));
    await pass(2_000);
    expect(counts(sent)).toEqual(Array.from({ length: 5_000 }, (_, count) => count));
    // The SDK sends a full batch of 512 beside the flush; the calls of an event, two at most, have
    // a queue of their own.
    expect(state.largestBatch).toBeLessThan(512 / 2);
    expect(state.flushes).toBe(20);
  });
});

test("an SDK that cannot be loaded costs no request; it is logged once, never by its message, and at the end what was lost by it", async () => {
  const loading = () => Promise.reject(new TypeError("words with a connection string"));
  const { telemetry, state, answer } = start({ loading });
  answer(event(1));
  await pass(20_000);
  for (let count = 0; count < 6_000; count++) answer(event(count));
  await pass(20_000);
  await telemetry.flush();
  expect(state.warnings[0]).toContain("TypeError");
  expect(state.warnings.at(-1)).toContain(" 5000 events");
  expect(state.warnings.join()).not.toContain("words");
});

test("a flush that fails behind the waiting events costs neither the worker nor later events", async () => {
  let failures = 0;
  const { telemetry, sent, answer } = start({
    flushing: () =>
      failures++ === 0 ? Promise.reject(new Error("no network")) : Promise.resolve(undefined),
  });
  answer(event(1));
  await expect(telemetry.flush()).resolves.toBeUndefined();
  answer(event(2));
  await telemetry.flush();
  expect(counts(sent.filter((item) => "name" in item && item.name === "otp-delivery"))).toEqual([
    1, 2,
  ]);
});
