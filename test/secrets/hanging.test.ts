import { readdir, readlink } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { startAzure, type FakeAzure } from "../../sandbox/azure.ts";
import { hookBody } from "../../sandbox/okta.ts";
import { hookSecret, inAzure, startBridge, type Bridge } from "../bridge.ts";
import { run } from "../sandbox/run-probe.ts";
import { until } from "../until.ts";

// One request that is never answered, whatever comes after it: the SDKs hand one token call to all that wait for a token.
describe("a call that never returns", () => {
  let azure: FakeAzure;
  let bridge: Bridge;
  const start = async (settings: Record<string, string> = {}) =>
    (bridge = await startBridge({
      ...inAzure(azure),
      APPLICATIONINSIGHTS_CONNECTION_STRING: "",
      ...settings,
    }));
  const answerTo = async (authorization: string) => (await bridge.post(hookBody(), { authorization })).status;
  const health = async () => (await fetch(`${bridge.app.url}/api/health`)).status;

  async function accepted(secret: string, withinMs: number): Promise<void> {
    const end = performance.now() + withinMs;
    while ((await answerTo(secret)) !== 200) {
      if (performance.now() > end) throw new Error(`In ${withinMs} ms the hook secret was not accepted`);
      await sleep(100);
    }
  }

  async function openSockets(pid: number): Promise<number> {
    const descriptors = await readdir(`/proc/${pid}/fd`);
    const targets = await Promise.all(descriptors.map((fd) => readlink(`/proc/${pid}/fd/${fd}`).catch(() => "")));
    return targets.filter((target) => target.startsWith("socket:")).length;
  }

  beforeEach(async () => {
    azure = await startAzure();
  });
  afterEach(async () => {
    await bridge.stop();
    await azure.close();
  });

  test("of the identity at start costs no more than seconds", async () => {
    azure.identity.fail("hang");
    await start();
    await until(() => azure.identity.requests.length > 0);
    azure.identity.recover();
    await accepted(hookSecret, 8_000);
    expect(await health()).toBe(200);
    await until(() => azure.identity.hanging() === 0);
  });

  test("of the identity later on neither keeps a new secret out nor a deleted one in", async () => {
    azure.identity.issueFor(2);
    await start();
    expect(await answerTo(hookSecret)).toBe(200);
    await sleep(2_000);
    azure.identity.fail("hang");
    expect(await answerTo("unknown")).toBe(401);
    await until(() => azure.identity.hanging() > 0);
    azure.identity.recover();
    azure.vault.set("okta-hook-secret", [{ value: "the-new-hook-secret" }]);
    await accepted("the-new-hook-secret", 11_000);
    expect(await answerTo(hookSecret)).toBe(401);
    await until(() => azure.identity.hanging() === 0);
  }, 40_000);

  test("of the identity for telemetry alone keeps telemetry waiting for seconds, and hooks not at all", async () => {
    const ofTelemetry = () => azure.identity.requests.filter(({ resource }) => resource.includes("monitor"));
    await start({ APPLICATIONINSIGHTS_CONNECTION_STRING: azure.env["APPLICATIONINSIGHTS_CONNECTION_STRING"] ?? "" });
    azure.vault.set("phone-hash-key", [{ value: "a-key-for-hashes" }]);
    expect(await health()).toBe(200);
    azure.identity.fail("hang");
    expect(await answerTo(hookSecret)).toBe(200);
    await until(() => ofTelemetry().length > 0, 10_000);
    azure.identity.recover();
    expect(await answerTo(hookSecret)).toBe(200);
    await azure.ingestion.waitFor(() => azure.ingestion.events("otp-delivery").length > 0, 20_000);
    await until(() => azure.identity.hanging() === 0);
  }, 40_000);

  test("of the vault is let go of, and holds no connection of the app", async () => {
    await start({ HOOK_BUDGET_MS: "500" });
    await accepted(hookSecret, 8_000);
    azure.vault.fail("hang");
    for (let read = 0; read < 4; read++) expect(await answerTo("unknown")).toBe(401);
    await until(() => azure.vault.hanging() >= 1);
    const whileHanging = await openSockets(bridge.app.pid);
    azure.vault.recover();
    await until(() => azure.vault.hanging() === 0, 15_000);
    expect(await openSockets(bridge.app.pid)).toBeLessThan(whileHanging);
  }, 40_000);

  test("of the vault is let go of when its signal says so, a hundred times over", async () => {
    await start();
    azure.vault.fail("hang");
    const { reads, descriptors } = JSON.parse(await run(azure, "hanging-vault.ts", "100")) as Record<string, number>;
    expect(reads).toBe(100);
    expect(descriptors).toBeLessThan(5);
  });
});
