import { authenticatedBy, enrolledBy, eventBatch } from "../../tools/sandbox/okta.ts";
import { createOktaEvents } from "../../src/functions/okta-events.ts";
import { knownSecret } from "../../src/secrets/secret.ts";
import { callHandler } from "./call-handler.ts";

const known = "a-secret-of-the-tests";
const secret = knownSecret({ name: "okta-event-secret", value: known, warn: () => undefined });
const rest = { secret, used: () => undefined, feedback: {}, admits: () => true };

test("the second event of an enrollment is not reported if another instance got the first", async () => {
  const codes = { take: () => Promise.resolve({ join: "paired" } as const) };
  const { status, events } = await callHandler(
    (http) => createOktaEvents(http, { ...rest, codes }),
    eventBatch([enrolledBy("sms")]),
    { secret: known },
  );
  expect([status, events]).toEqual([204, []]);
});

test("a batch of 200 events lets other work run in between", async () => {
  let turns = 0;
  const others = () => {
    turns += 1;
    next = setImmediate(others);
  };
  let next = setImmediate(others);
  const { events } = await callHandler(
    (http) => createOktaEvents(http, { ...rest, codes: undefined }),
    eventBatch(Array.from({ length: 200 }, () => authenticatedBy("sms"))),
    { secret: known },
  );
  clearImmediate(next);
  expect(events).toHaveLength(200);
  expect(turns).toBeGreaterThanOrEqual(200 / 8);
});
