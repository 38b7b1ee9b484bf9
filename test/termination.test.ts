import type { Fault } from "../sandbox/8x8.ts";
import { startAzure, type FakeAzure } from "../sandbox/azure.ts";
import { hookBody } from "../sandbox/okta.ts";
import { inAzure, startProcess, type AppProcess } from "./app.ts";
import { until } from "./until.ts";

const [first = "", ...hooks] = Array.from({ length: 21 }, (_, hook) =>
  hookBody({ envelope: { eventId: `the-hook-number-${hook}` } }),
);

describe("a worker that is stopped with 20 hooks in flight", () => {
  let azure: FakeAzure;
  let app: AppProcess;

  beforeEach(async () => {
    azure = await startAzure();
  });
  afterEach(async () => {
    await app.stop();
    await azure.close();
  });

  /** Secrets and connections are there by then, so that each hook's budget is for 8x8. */
  async function startHooks(fault: Fault): Promise<ReturnType<AppProcess["post"]>[]> {
    await app.post(first);
    app.eightByEight.fail(fault);
    const answers = hooks.map((body) => app.post(body));
    await until(() => app.eightByEight.requests.length === 1 + hooks.length);
    return answers;
  }

  test("by SIGTERM to itself, as in a container's stop, answers them all, sends their events, then ends", async () => {
    app = await startProcess(inAzure(azure), { args: ["--leave-sigterm"] });
    const answers = await startHooks({ fault: "slow", ms: 1_000 });
    process.kill(app.pid, "SIGTERM");
    const answered = (await Promise.all(answers)).map(({ judged }) => judged.answer);
    expect(answered).toEqual(hooks.map(() => "successful"));
    await app.ended;
    const sent = azure.ingestion.events("otp-delivery").map(({ properties }) => properties["eventId"]);
    expect(new Set(sent).size).toBe(1 + hooks.length);
  });

  test("by SIGTERM while 8x8 hangs, ends when their budget does, with an answer to each", async () => {
    app = await startProcess({ ...inAzure(azure), HOOK_BUDGET_MS: "1500" }, { args: ["--leave-sigterm"] });
    const answers = await startHooks({ fault: "hang" });
    process.kill(app.pid, "SIGTERM");
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual(hooks.map(() => 200));
    await app.ended;
  });

  test("by SIGKILL, has sent each at most once; the next worker answers, and sends none of them again", async () => {
    app = await startProcess(inAzure(azure));
    const answers = await startHooks({ fault: "slow", ms: 1_000 });
    process.kill(app.pid, "SIGKILL");
    await Promise.allSettled([...answers, app.ended]);
    app.eightByEight.recover();
    const next = await startProcess({ ...app.eightByEight.env, ...inAzure(azure) });
    const answer = await next.post(hookBody({ envelope: { eventId: "the-hook-after-them-1" } }));
    await next.stop();
    expect(answer.judged.answer).toBe("successful");
    const sent = app.eightByEight.requests.map(({ body }) => (body as { clientMessageId: string }).clientMessageId);
    expect(sent.toSorted()).toEqual(
      [first, ...hooks]
        .map((_, hook) => `the-hook-number-${hook}`)
        .concat("the-hook-after-them-1")
        .toSorted(),
    );
  });
});
