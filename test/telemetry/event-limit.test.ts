import type { TelemetryEvent } from "../../src/telemetry/event.ts";
import { reasons } from "../../src/rules/reasons.ts";
import { event, pass, start } from "./starting-telemetry.ts";

beforeEach(() => jest.useFakeTimers({ now: new Date("2030-01-01T00:00:00Z") }));
afterEach(() => jest.useRealTimers());

const unauthenticated = (): TelemetryEvent => ({
  ...event(0),
  properties: { outcome: "unauthenticated" },
});

function startLimited() {
  const { telemetry, sent, state, answer } = start();
  const refuse = (times: number) => {
    for (let time = 0; time < times; time++) answer(unauthenticated());
  };
  const summed = () =>
    sent.filter(({ properties }) => properties["count"] !== undefined && properties["outcome"]);
  return { telemetry, sent, state, answer, refuse, summed };
}

test("each minute, the first 60 unauthenticated requests have an event each, and the rest share an event", async () => {
  const { sent, refuse, summed } = startLimited();
  refuse(60);
  await pass(61_000);
  expect([sent.length, summed()]).toEqual([60, []]);
  for (const times of [1_500, 70]) {
    refuse(times);
    await pass(61_000);
  }
  await pass(2_000);
  expect(sent).toHaveLength(60 + 61 + 61);
  expect(summed()).toMatchObject(
    [1_440, 10].map((count) => ({
      name: "otp-delivery",
      properties: { outcome: "unauthenticated", count },
    })),
  );
});

test("each event name has its own limit of 60 events and its own sum", async () => {
  const { sent, answer, refuse, summed } = startLimited();
  refuse(100);
  for (let time = 0; time < 70; time++) answer({ ...unauthenticated(), name: "otp-receipt" });
  await pass(62_000);
  expect(sent).toHaveLength(60 + 1 + 60 + 1);
  expect(summed()).toMatchObject([
    { name: "otp-delivery", properties: { count: 40 } },
    { name: "otp-receipt", properties: { count: 10 } },
  ]);
});

const unavailable = (reason: string, more = {}): TelemetryEvent => ({
  ...event(0),
  properties: { outcome: "unavailable", reason, ...more },
});

test.each(["secrets-not-loaded", "keys-not-loaded", "invalid-settings", "internal-error"] as const)(
  "each minute, the first 60 unauthenticated requests with %s have an event each, and the rest share an event",
  async (reason) => {
    const { sent, answer, summed } = startLimited();
    const { outcome } = reasons[reason];
    for (let time = 0; time < 1_000; time++)
      answer({ ...event(0), properties: { outcome, reason } });
    await pass(62_000);
    expect(sent).toHaveLength(61);
    expect(summed()).toMatchObject([{ name: "otp-delivery", properties: { outcome, count: 940 } }]);
  },
);

test("events of 401s, invalid-settings and secrets-not-loaded have separate sums", async () => {
  const { answer, refuse, summed } = startLimited();
  refuse(61);
  for (let time = 0; time < 62; time++) answer(unavailable("invalid-settings"));
  for (let time = 0; time < 63; time++) answer(unavailable("secrets-not-loaded"));
  await pass(62_000);
  expect(summed().map(({ properties: { reason, count } }) => [reason, count])).toEqual([
    [undefined, 1],
    ["invalid-settings", 2],
    ["secrets-not-loaded", 3],
  ]);
});

test("events are not summed if the caller is authenticated, or if the reason is unreachable", async () => {
  const { sent, answer } = startLimited();
  for (let time = 0; time < 100; time++)
    answer(unavailable("secrets-not-loaded", { authenticatedBy: "secret" }));
  for (let time = 0; time < 100; time++) answer(unavailable("unreachable"));
  await pass(2_000);
  expect(sent).toHaveLength(200);
});

const used = (join: string): TelemetryEvent => ({
  ...event(0),
  name: "otp-outcome",
  properties: { outcome: "verified", join },
});

test("the app sums events about used codes only if no sent code matches", async () => {
  const { sent, answer, summed } = startLimited();
  for (let time = 0; time < 100; time++) {
    answer(used("none"));
    answer(used("joined"));
  }
  await pass(62_000);
  expect(sent.filter(({ properties }) => properties["join"] === "joined")).toHaveLength(100);
  expect(sent).toHaveLength(100 + 60 + 1);
  expect(summed()).toMatchObject([
    { name: "otp-outcome", properties: { outcome: "verified", join: "none", count: 40 } },
  ]);
});

test("the sum that flush() sends includes requests that came during the flush", async () => {
  const { telemetry, refuse, summed } = startLimited();
  telemetry.begin();
  refuse(70);
  const flushed = telemetry.flush();
  await pass(100);
  refuse(5);
  telemetry.send({ ...event(0), properties: { outcome: "accepted" } });
  telemetry.end();
  await pass(100);
  await flushed;
  expect(summed().map(({ properties }) => properties["count"])).toEqual([15]);
});

test("the SDK is loaded after an idle second, even if the last requests were only counted", async () => {
  const { state, refuse } = startLimited();
  refuse(100);
  await pass(1_100);
  expect(state.loads).toBe(1);
});
