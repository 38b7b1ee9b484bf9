import { authenticatedBy, enrolledBy, eventBatch } from "../../tools/sandbox/okta.ts";
import { createOktaEvents } from "../../src/functions/okta-events.ts";
import { createInMemoryTable } from "../../src/sent-codes/code-table.ts";
import { createCodes } from "../../src/sent-codes/codes.ts";
import { createTurnedClock } from "../worker/clock.ts";
import { sentCode } from "../sent-codes/keeping-codes.ts";
import { createFixedValue } from "../../src/secrets/refreshed-value.ts";
import { callHandler } from "./call-handler.ts";

const known = "a-secret-of-the-tests";
const secret = createFixedValue({ name: "okta-event-secret", value: known, warn: () => undefined });
const options = { secret, used: () => undefined, feedback: {} };

test("the app does not report an enrollment's second event if another instance got the first event", async () => {
  const codes = { take: () => Promise.resolve({ join: "paired" } as const) };
  const { status, events } = await callHandler(
    (http) => createOktaEvents(http, { ...options, codes }),
    eventBatch([enrolledBy("sms")]),
    { secret: known },
  );
  expect([status, events]).toEqual([204, []]);
});

test("if the table fails for an enrollment's first event, the app matches the second event", async () => {
  const found = [
    { join: "failed" },
    { join: "joined", code: sentCode(), codeRow: "written" },
  ] as const;
  let takes = 0;
  const codes = { take: () => Promise.resolve(found[takes++] ?? found[1]) };
  const { events } = await callHandler(
    (http) => createOktaEvents(http, { ...options, codes }),
    eventBatch([enrolledBy("sms"), enrolledBy("voice")]),
    { secret: known },
  );
  expect(events.map(({ properties }) => properties["join"]).sort()).toEqual(["failed", "joined"]);
});

// After an error, Okta would send the batch again.
test("the app reports a batch that it cannot read, and answers 204", async () => {
  const { status, events } = await callHandler(
    (http) => createOktaEvents(http, { ...options, codes: undefined }),
    { data: {} },
    { secret: known },
  );
  expect(status).toBe(204);
  expect(events).toMatchObject([
    { name: "otp-outcome", properties: { outcome: "malformed", reason: "wrong-shape" } },
  ]);
});

test("while the app reads a batch of 200 events, the process also does other work", async () => {
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
  expect(turns).toBeGreaterThanOrEqual(200 / 32);
});

test("in a batch of 1,000 used codes, the app matches the 100 codes that it sent", async () => {
  const table = createInMemoryTable();
  const clock = createTurnedClock();
  const codes = createCodes({ clock, load: () => table, warn: () => undefined });
  const user = (index: number) => `00uabcdefghijklmn${String(index)}`;
  const never = new AbortController().signal;
  for (let index = 0; index < 1_000; index += 10)
    await table.put(sentCode({ oktaUserId: user(index), sentAt: new Date(clock.now()) }), never);
  const used = jest.fn();
  const { status, events } = await callHandler(
    (http) => createOktaEvents(http, { ...options, codes, used }),
    eventBatch(
      Array.from({ length: 1_000 }, (_, index) => authenticatedBy("sms", { userId: user(index) })),
    ),
    { clock, secret: known },
  );
  expect(status).toBe(204);
  expect(events.filter(({ properties: { join } }) => join === "joined")).toHaveLength(100);
  expect(used).toHaveBeenCalledTimes(100);
  expect(events.filter(({ properties: { join } }) => join === "none")).toHaveLength(900);
});
