import { counts, event, pass, start } from "./starting-telemetry.ts";

beforeEach(() => jest.useFakeTimers({ now: new Date("2030-01-01T00:00:00Z") }));
afterEach(() => jest.useRealTimers());

test("events from before the SDK was loaded are sent once, in order and with their times", async () => {
  const { sent, answer } = start();
  const given = [1, 2, 3].map((count) => ({ ...event(count), at: new Date(Date.now() + count) }));
  for (const early of given) answer(early);
  expect(sent).toEqual([]);
  await pass(30_000);
  expect(sent).toEqual(given);
  answer(event(4));
  expect(counts(sent)).toEqual([1, 2, 3, 4]);
});

test("until the SDK is loaded, the first 2,000 events wait, and later events are dropped", async () => {
  const { sent, answer } = start();
  for (let count = 0; count < 2_100; count++) answer(event(count));
  await pass(2_000);
  expect(counts(sent)).toEqual(Array.from({ length: 2_000 }, (_, count) => count));
});

test("if the SDK cannot be loaded, the app logs the error's kind and drops the events", async () => {
  const { telemetry, sent, state, answer } = start({
    loading() {
      throw new TypeError("words with a connection string");
    },
  });
  answer(event(1));
  await pass(20_000);
  answer(event(2));
  await telemetry.flush();
  expect(sent).toEqual([]);
  expect(state.warnings).toEqual([
    "Telemetry could not be loaded (TypeError). Events are not sent.",
  ]);
});

test("if the SDK throws an error for an event, the request is answered, and the log has only the error's name", async () => {
  const { telemetry, sent, state, answer } = start({
    sending() {
      throw new TypeError("words with a phone number");
    },
  });
  answer(event(1));
  await pass(2_000);
  expect(() => {
    answer(event(2));
  }).not.toThrow();
  await telemetry.flush();
  expect([sent, state.loads]).toEqual([[], 1]);
  expect(state.warnings).toEqual(["Telemetry lost an event (TypeError). The app will try again."]);
});

test("a flush that fails does not reject, and later events are sent", async () => {
  const { telemetry, sent, answer } = start({
    flushing: () => Promise.reject(new Error("no network")),
  });
  answer(event(1));
  await expect(telemetry.flush()).resolves.toBeUndefined();
  answer(event(2));
  expect(counts(sent)).toEqual([1, 2]);
});

test.each([
  ["waits for a request that takes 2.7 s, and sends the event of that request", 2_700, [1]],
  ["does not wait for a request that takes 3 s", 3_000, []],
])("flush %s", async (_, ms, expected) => {
  const { telemetry, sent, state } = start();
  telemetry.begin();
  setTimeout(() => {
    telemetry.send(event(1));
    telemetry.end();
  }, ms);
  void telemetry.flush();
  await pass(2_900);
  expect([counts(sent), state.flushes]).toEqual([expected, 1]);
});

test("flush() waits 2 s for the SDK, and a second flush waits for the first flush", async () => {
  const { telemetry, state, answer } = start({ flushing: () => new Promise(() => undefined) });
  answer(event(1));
  const done: string[] = [];
  void telemetry.flush().then(() => done.push("first"));
  void telemetry.flush().then(() => done.push("second"));
  await pass(1_900);
  expect([done, state.flushes]).toEqual([[], 1]);
  await pass(200);
  expect([done, state.flushes]).toEqual([["first"], 2]);
  await pass(2_000);
  expect(done).toEqual(["first", "second"]);
});
