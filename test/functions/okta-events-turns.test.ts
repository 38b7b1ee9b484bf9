import { systemClock } from "../../src/timing/clock.ts";
import { HttpRequest } from "@azure/functions";
import { authenticatedBy, eventBatch } from "../../sandbox/okta.ts";
import { createOktaEvents } from "../../src/functions/okta-events.ts";
import { knownSecret } from "../../src/secrets/secret.ts";
import { startDeadline } from "../../src/timing/deadline.ts";

test("a batch of 1,200 events leaves others their turn after every few of them", async () => {
  const secret = knownSecret({ name: "okta-event-secret", value: "known", warn: () => undefined });
  const { read } = createOktaEvents({ secret, codes: undefined, used: () => undefined, feedback: {} });
  const body = JSON.stringify(eventBatch(Array.from({ length: 1_200 }, () => authenticatedBy("sms"))));
  let turns = 0;
  const others = () => {
    turns += 1;
    next = setImmediate(others);
  };
  let next = setImmediate(others);
  const budget = startDeadline(systemClock, 2_500);
  const { events = [] } = await read(
    body,
    new HttpRequest({ url: "https://hook.test/api/okta/events", method: "POST" }),
    budget,
  );
  budget.end();
  clearImmediate(next);
  expect(events).toHaveLength(1_200);
  expect(turns).toBeGreaterThanOrEqual(1_200 / 8);
});
