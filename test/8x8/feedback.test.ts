import { createClient } from "../../src/providers/client.ts";
import { createFeedback, type Feedback } from "../../src/8x8/feedback.ts";
import { startDeadline } from "../../src/timing/clock.ts";
import { apiKey, post, sms, smsPath, startSandbox } from "../tools/sandbox/8x8/well-formed.ts";
import type { Fault, Sandbox8x8 } from "../../tools/sandbox/8x8.ts";
import { until } from "../until.ts";
import { createTurnedClock, expectSettledAt } from "../worker/clock.ts";

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
  message: { readonly providerId?: string; readonly sentAt?: Date } = {},
  { keys = [apiKey], budgetMs = 2_500 } = {},
): ReturnType<Feedback> {
  const client = createClient(eightByEight.url);
  const key = { get: () => Promise.resolve(keys) };
  const send = createFeedback(clock, client, "acme_sms", key);
  const budget = startDeadline(clock, budgetMs);
  const result = await send(
    { providerId, sentAt: new Date(clock.now()), usedAt, ...message },
    budget,
  );
  budget.end();
  return result;
}

const minutesAgo = (minutes: number) => new Date(clock.now() - minutes * 60_000);

test("the app tells 8x8 when the code in an SMS was used", async () => {
  expect(await sendFeedback()).toBe("sent");
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

test("the app sends feedback about an SMS that is 14 minutes old", async () => {
  expect(await sendFeedback({ sentAt: minutesAgo(14) })).toBe("sent");
});

test("the app sends no feedback about an SMS that is 15 minutes old, and the result is too-late", async () => {
  expect(await sendFeedback({ sentAt: minutesAgo(15) })).toBe("too-late");
  expect(eightByEight.requests).toEqual([]);
});

test("feedback fails if 8x8 does not know the ID of the SMS", async () => {
  const unknown = "9e09ac86-bd74-5465-851d-1eb5a5fdbb9a";
  expect(await sendFeedback({ providerId: unknown })).toBe("failed");
});

test.each<Fault>([{ fault: "500" }, { fault: "401" }, { fault: "reset" }])(
  "the app sends feedback only once, even if 8x8 fails with %j",
  async (fault) => {
    eightByEight.fail("feedback", fault);
    expect(await sendFeedback()).toBe("failed");
    expect(eightByEight.requests).toHaveLength(1);
  },
);

test.each([
  ["1 s, although the request has ten minutes left", 600_000, 1_000],
  ["0.5 s, when the request's deadline passes", 500, 500],
])("if 8x8 hangs, feedback fails after exactly %s", async (_, budgetMs, dueMs) => {
  eightByEight.fail("feedback", { fault: "hang" });
  const result = sendFeedback({}, { budgetMs });
  await until(() => eightByEight.requests.length === 1);
  await expectSettledAt(clock, result, dueMs);
  expect(await result).toBe("failed");
});

test("without an API key, feedback fails, and the app sends nothing", async () => {
  expect(await sendFeedback({}, { keys: [] })).toBe("failed");
  expect(eightByEight.requests).toEqual([]);
});
