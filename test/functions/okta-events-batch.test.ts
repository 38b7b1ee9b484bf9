import { systemClock } from "../../src/timing/clock.ts";
import { HttpRequest } from "@azure/functions";
import { authenticatedBy, enrolledBy, eventBatch } from "../../tools/sandbox/okta.ts";
import { createOktaEvents } from "../../src/functions/okta-events.ts";
import { knownSecret } from "../../src/secrets/secret.ts";
import { startDeadline } from "../../src/timing/deadline.ts";

const secret = knownSecret({ name: "okta-event-secret", value: "known", warn: () => undefined });
const request = new HttpRequest({ url: "https://hook.test/api/okta/events", method: "POST" });

test("the second event of an enrollment whose first came to another instance gives no report", async () => {
  const codes = { take: () => Promise.resolve({ join: "paired" } as const) };
  const { read } = createOktaEvents({
    secret,
    codes,
    used: () => undefined,
    feedback: {},
    admits: () => true,
  });
  const budget = startDeadline(systemClock, 2_500);
  expect(
    await read(JSON.stringify(eventBatch([enrolledBy("sms")])), request, budget),
  ).toMatchObject({ events: [] });
  budget.end();
});

test("a batch of 1,200 events leaves others their turn after every few of them", async () => {
  const { read } = createOktaEvents({
    secret,
    codes: undefined,
    used: () => undefined,
    feedback: {},
    admits: () => true,
  });
  const body = JSON.stringify(
    eventBatch(Array.from({ length: 1_200 }, () => authenticatedBy("sms"))),
  );
  let turns = 0;
  const others = () => {
    turns += 1;
    next = setImmediate(others);
  };
  let next = setImmediate(others);
  const budget = startDeadline(systemClock, 2_500);
  const { events = [] } = await read(body, request, budget);
  budget.end();
  clearImmediate(next);
  expect(events).toHaveLength(1_200);
  expect(turns).toBeGreaterThanOrEqual(1_200 / 8);
});
