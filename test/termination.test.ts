import { startAzure, type FakeAzure } from "../sandbox/azure.ts";
import { hookBody } from "../sandbox/okta.ts";
import { inAzure, startProcess, type BridgeProcess } from "./bridge.ts";
import { until } from "./until.ts";

const hooks = Array.from({ length: 50 }, (_, hook) => hookBody({ envelope: { eventId: `the-hook-number-${hook}` } }));

describe("a worker that is stopped with 50 hooks in flight", () => {
  let azure: FakeAzure;
  let bridge: BridgeProcess;

  beforeEach(async () => {
    azure = await startAzure();
  });
  afterEach(async () => {
    await bridge.stop();
    await azure.close();
  });

  test("by SIGTERM to itself, as in a container's stop, answers them all, sends their events, then ends", async () => {
    bridge = await startProcess(inAzure(azure), { args: ["--leave-sigterm"] });
    bridge.eightByEight.fail({ fault: "slow", ms: 1_000 });
    const answers = hooks.map((body) => bridge.post(body));
    await until(() => bridge.eightByEight.requests.length === hooks.length);
    process.kill(bridge.app.pid, "SIGTERM");
    const answered = (await Promise.all(answers)).map(({ judged }) => judged.answer);
    expect(answered).toEqual(hooks.map(() => "successful"));
    await bridge.app.ended;
    const sent = azure.ingestion.events("otp-delivery").map(({ properties }) => properties["eventId"]);
    expect(new Set(sent).size).toBe(hooks.length);
  });

  test("by SIGTERM while 8x8 hangs, ends when their budget does, with an answer to each", async () => {
    bridge = await startProcess({ ...inAzure(azure), HOOK_BUDGET_MS: "700" }, { args: ["--leave-sigterm"] });
    bridge.eightByEight.fail({ fault: "hang" });
    const answers = hooks.map((body) => bridge.post(body));
    await until(() => bridge.eightByEight.requests.length === hooks.length);
    process.kill(bridge.app.pid, "SIGTERM");
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual(hooks.map(() => 200));
    await bridge.app.ended;
  });

  test("by SIGKILL, has sent each at most once; the next worker answers, and sends none of them again", async () => {
    bridge = await startProcess(inAzure(azure));
    bridge.eightByEight.fail({ fault: "slow", ms: 1_000 });
    const answers = hooks.map((body) => bridge.post(body).catch(() => undefined));
    await until(() => bridge.eightByEight.requests.length === hooks.length);
    process.kill(bridge.app.pid, "SIGKILL");
    await Promise.all([...answers, bridge.app.ended]);
    bridge.eightByEight.recover();
    await bridge.restart();
    expect((await bridge.post(hookBody({ envelope: { eventId: "the-hook-after-them-1" } }))).judged.answer).toBe(
      "successful",
    );
    const sent = bridge.eightByEight.requests.map(({ body }) => (body as { clientMessageId: string }).clientMessageId);
    expect(sent.toSorted()).toEqual(
      [...hooks.map((_, hook) => `the-hook-number-${hook}`), "the-hook-after-them-1"].toSorted(),
    );
  });
});
