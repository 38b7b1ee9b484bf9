import { createOktaEvents } from "../../src/functions/okta-events.ts";
import { createFixedValue } from "../../src/secrets/refreshed-value.ts";
import { createOktaEventLimit } from "../../src/telemetry/background-reports.ts";
import type { Measurement, TelemetryEvent } from "../../src/telemetry/exporter.ts";
import { authenticatedBy, eventBatch } from "../../tools/sandbox/okta.ts";
import { createTurnedClock } from "../worker/clock.ts";
import { callHandler } from "./call-handler.ts";

/** Creates the limit of one instance, and a function that delivers batches to that instance. */
function startEvents() {
  const clock = createTurnedClock();
  const sent: (TelemetryEvent | Measurement)[] = [];
  const limit = createOktaEventLimit(clock, { send: (event) => sent.push(event) });
  let lookups = 0;
  const options = {
    secret: createFixedValue({ name: "okta-event-secret", value: "a", warn: () => undefined }),
    codes: {
      take: () => {
        lookups += 1;
        return Promise.resolve({ join: "none" } as const);
      },
    },
    used: () => undefined,
    feedback: {},
    admits: limit.admits,
  };
  return {
    limit,
    clock,
    sent,
    lookups: () => lookups,
    /** Delivers a batch of `count` used codes. Returns the number of events that the app sends. */
    deliver: async (count: number): Promise<number> => {
      const events = Array.from({ length: count }, () => authenticatedBy("sms"));
      const called = await callHandler(
        (http) => createOktaEvents(http, options),
        eventBatch(events),
        { clock, secret: "a" },
      );
      return called.events.length;
    },
  };
}

const counts = (events: readonly (TelemetryEvent | Measurement)[]) =>
  events.map(({ properties: { outcome, reason, count } }) => [outcome, reason, count]);

test("beyond 600 events a minute, the app only counts Okta's events", async () => {
  const { clock, sent, lookups, deliver } = startEvents();
  expect([await deliver(400), await deliver(400), await deliver(100)]).toEqual([400, 200, 0]);
  expect(lookups()).toBe(600);
  clock.turn(60_000);
  expect(counts(sent)).toEqual([["malformed", "too-many-events", 300]]);
});

test("the app sends no count if 600 of Okta's events come in each of two minutes", async () => {
  const { clock, sent, deliver } = startEvents();
  for (let minute = 0; minute < 2; minute += 1) {
    expect(await deliver(600)).toBe(600);
    clock.turn(60_000);
  }
  expect(sent).toEqual([]);
});

test("the limit's report sends at once how many events exceeded the limit", async () => {
  const { limit, sent, deliver } = startEvents();
  await deliver(601);
  limit.report();
  expect(counts(sent)).toEqual([["malformed", "too-many-events", 1]]);
});
