import type { Attempt } from "../../src/rules/outcome.ts";
import { counts, event, pass, start } from "./starting-telemetry.ts";

beforeEach(() => jest.useFakeTimers({ now: new Date("2030-01-01T00:00:00Z") }));
afterEach(() => jest.useRealTimers());

describe("events", () => {
  test("events from before the SDK was loaded are sent once, in order", async () => {
    const { sent, answer } = start();
    const given = [1, 2, 3].map((count) => ({ ...event(count), at: new Date(Date.now() + count) }));
    for (const early of given) answer(early);
    expect(sent).toEqual([]);
    await pass(30_000);
    expect(sent).toEqual(given);
  });

  test("events that come while the SDK is being loaded are sent after earlier events", async () => {
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

  test("events that come after the SDK was loaded wait 1 s and are sent together", async () => {
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

  test("20 events a second are sent in one flush every 5 s", async () => {
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

  test("a full batch is sent at once, but in a later turn of the event loop", async () => {
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

  test("events are sent in batches of 250, each with a flush", async () => {
    const { sent, state, answer } = start();
    for (let count = 0; count < 5_000; count++) answer(event(count));
    await pass(2_000);
    expect(counts(sent)).toEqual(Array.from({ length: 5_000 }, (_, count) => count));
    expect(state.largestBatch).toBe(250);
    expect(state.flushes).toBe(20);
  });

  // At 512 attempts, the SDK sends its queue by itself, and a flush does not wait for that.
  test.each([
    ["3 attempts each", 3, 300, 166],
    ["501 attempts each", 501, 3, 1],
  ])("events with %s are sent in smaller batches", async (_, attempts, count, largest) => {
    const { sent, state, answer } = start();
    const attempt: Attempt = {
      ok: true,
      outcome: "accepted",
      provider: "8x8",
      channel: "sms",
      host: "sms.8x8.com",
      startedAt: new Date(),
      durationMs: 100,
      status: 200,
    };
    for (let index = 0; index < count; index++)
      answer({ ...event(index), attempts: Array.from({ length: attempts }, () => attempt) });
    await pass(30_000);
    expect(counts(sent)).toEqual(Array.from({ length: count }, (__, index) => index));
    expect(state.largestBatch).toBe(largest);
  });
});

test("if the SDK cannot be loaded, the app logs the error's kind and the lost events", async () => {
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

test("a flush that fails does not reject, and later events are sent", async () => {
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
