import { createOktaEvents } from "../../src/functions/okta-events.ts";
import { knownSecret } from "../../src/secrets/secret.ts";
import { createOktaEventLimit } from "../../src/telemetry/background-reports.ts";
import type { Measurement, TelemetryEvent } from "../../src/telemetry/exporter.ts";
import { authenticatedBy, eventBatch } from "../../tools/sandbox/okta.ts";
import { createTurnedClock } from "../worker/clock.ts";
import { callHandler } from "./call-handler.ts";

/** Delivers batches with this many used codes to one instance. */
function startEvents() {
  const clock = createTurnedClock();
  const sent: (TelemetryEvent | Measurement)[] = [];
  const limit = createOktaEventLimit(clock, { send: (event) => sent.push(event) });
  let looks = 0;
  const options = {
    secret: knownSecret({ name: "okta-event-secret", value: "a", warn: () => undefined }),
    codes: {
      take: () => {
        looks += 1;
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
    looks: () => looks,
    /** Number of rows that the batches cause. */
    rowsOf: async (count: number): Promise<number> => {
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

test("Okta's events beyond 600 in a minute are counted in one row, without a lookup of their codes", async () => {
  const { clock, sent, looks, rowsOf } = startEvents();
  expect([await rowsOf(400), await rowsOf(400), await rowsOf(100)]).toEqual([400, 200, 0]);
  expect(looks()).toBe(600);
  clock.turn(60_000);
  expect(counts(sent)).toEqual([["malformed", "too-many-events", 300]]);
});

test("each minute has its own limit, and a minute with fewer events has no such row", async () => {
  const { clock, sent, rowsOf } = startEvents();
  for (let minute = 0; minute < 2; minute += 1) {
    expect(await rowsOf(600)).toBe(600);
    clock.turn(60_000);
  }
  expect(sent).toEqual([]);
});

test("a worker that stops sends the row at once", async () => {
  const { limit, sent, rowsOf } = startEvents();
  await rowsOf(601);
  limit.report();
  expect(counts(sent)).toEqual([["malformed", "too-many-events", 1]]);
});
