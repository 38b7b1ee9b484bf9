import { authenticatedBy, enrolledBy, eventBatch } from "../../tools/sandbox/okta.ts";
import { createOktaEvents } from "../../src/functions/okta-events.ts";
import { createFixedValue } from "../../src/secrets/refreshed-value.ts";
import { callHandler } from "./call-handler.ts";

const known = "a-secret-of-the-tests";
const secret = createFixedValue({ name: "okta-event-secret", value: known, warn: () => undefined });
const options = { secret, used: () => undefined, feedback: {}, admits: () => true };

test("the app does not report an enrollment's second event if another instance got the first", async () => {
  const codes = { take: () => Promise.resolve({ join: "paired" } as const) };
  const { status, events } = await callHandler(
    (http) => createOktaEvents(http, { ...options, codes }),
    eventBatch([enrolledBy("sms")]),
    { secret: known },
  );
  expect([status, events]).toEqual([204, []]);
});

test("other work runs between the events of a batch of 200", async () => {
  let turns = 0;
  const otherWork = () => {
    turns += 1;
    next = setImmediate(otherWork);
  };
  let next = setImmediate(otherWork);
  const { events } = await callHandler(
    (http) => createOktaEvents(http, { ...options, codes: undefined }),
    eventBatch(Array.from({ length: 200 }, () => authenticatedBy("sms"))),
    { secret: known },
  );
  clearImmediate(next);
  expect(events).toHaveLength(200);
  expect(turns).toBeGreaterThanOrEqual(200 / 8);
});
