import { createClient } from "../../src/8x8/client.ts";
import { createFeedback, type FeedbackResult } from "../../src/8x8/feedback.ts";
import { startDeadline } from "../../src/timing/deadline.ts";
import { apiKey, post, sms, smsPath, startSandbox } from "../../tools/sandbox/8x8/well-formed.ts";
import type { Fault, Sandbox8x8 } from "../../tools/sandbox/8x8.ts";
import { until } from "../until.ts";
import { createTurnedClock } from "../worker/clock.ts";

let eightByEight: Sandbox8x8;
let providerId: string;
const clock = createTurnedClock();
const usedAt = new Date("2026-11-25T09:00:00.123Z");

beforeAll(async () => {
  eightByEight = await startSandbox();
  const [, sent] = await post(eightByEight.url + smsPath, sms({ track: "Outcome" }));
  providerId = (sent as { umid: string }).umid;
});
afterAll(() => eightByEight.close());
beforeEach(() => {
  eightByEight.recover();
  eightByEight.requests.length = 0;
});

async function sendFeedback(
  changes: { sentAt?: Date; providerId?: string; key?: string; budgetMs?: number } = {},
) {
  const client = createClient(clock, eightByEight.url, { preconnects: false });
  const keys = () => Promise.resolve("key" in changes ? [] : [apiKey]);
  const feedback = createFeedback(clock, client, "acme_sms", { get: keys, reload: keys });
  const budget = startDeadline(clock, changes.budgetMs ?? 2_500);
  const start = clock.elapsed();
  const result: FeedbackResult = await feedback(
    { providerId, sentAt: new Date(), usedAt, ...changes },
    budget,
  );
  const ms = clock.elapsed() - start;
  budget.end();
  await client.close();
  return { result, ms };
}

test("8x8 gets feedback that the code in an SMS was used, and when", async () => {
  expect((await sendFeedback()).result).toBe("sent");
  expect(eightByEight.requests).toMatchObject([
    {
      method: "POST",
      path: `${smsPath}/${providerId}/feedback`,
      headers: { authorization: `Bearer ${apiKey}` },
      body: { outcome: "success", timestamp: "2026-11-25T09:00:00.123Z" },
    },
  ]);
  expect(eightByEight.feedback).toEqual([
    { umid: providerId, outcome: "success", timestamp: usedAt },
  ]);
});

test("there is no feedback on what was sent 15 minutes ago", async () => {
  expect((await sendFeedback({ sentAt: new Date(Date.now() - 15 * 60_000) })).result).toBe(
    "too-late",
  );
  expect(eightByEight.requests).toEqual([]);
});

test("an SMS that 8x8 does not know, or was not to track, is a failure", async () => {
  expect((await sendFeedback({ providerId: "9e09ac86-bd74-5465-851d-1eb5a5fdbb9a" })).result).toBe(
    "failed",
  );
});

test.each<Fault>([{ fault: "500" }, { fault: "401" }, { fault: "reset" }])(
  "with %j it is tried once",
  async (fault) => {
    eightByEight.fail("feedback", fault);
    expect((await sendFeedback()).result).toBe("failed");
    expect(eightByEight.requests).toHaveLength(1);
  },
);

test.each([
  [600_000, 1_000],
  [500, 500],
])(
  "one that hangs is left after a second, or when the request's time is up: of %i ms after %i",
  async (budgetMs, ms) => {
    eightByEight.fail("feedback", { fault: "hang" });
    const sent = sendFeedback({ budgetMs });
    await until(() => eightByEight.requests.length === 1);
    clock.turn(ms);
    expect((await sent).result).toBe("failed");
    expect((await sent).ms).toBeLessThan(2 * ms);
  },
);

test("without a key nobody is asked", async () => {
  expect((await sendFeedback({ key: "none" })).result).toBe("failed");
  expect(eightByEight.requests).toEqual([]);
});
