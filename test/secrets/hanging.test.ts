import { setTimeout as sleep } from "node:timers/promises";
import { startAzure, type FakeAzure } from "../../sandbox/azure.ts";
import { hookBody } from "../../sandbox/okta.ts";
import { hookSecret, inAzure, startAzureHere, startApp, startProcess, type App } from "../app.ts";
import { run } from "../sandbox/run-probe.ts";
import { until } from "../until.ts";

// One request that is never answered, whatever comes after it: the SDKs hand one token call to all that wait for a token.
describe("a call that never returns", () => {
  let azure: FakeAzure;
  let app: App;
  const start = async (settings: Record<string, string> = {}) =>
    (app = await startApp({
      ...inAzure(azure),
      APPLICATIONINSIGHTS_CONNECTION_STRING: "",
      ...settings,
    }));
  const answerTo = async (authorization: string) => (await app.post(hookBody(), { authorization })).status;
  const health = async () => (await fetch(`${app.url}/api/health`)).status;

  const accepted = (secret: string) => app.passing(until(async () => (await answerTo(secret)) === 200));

  beforeEach(async () => {
    azure = await startAzureHere();
  });
  afterEach(async () => {
    await app.stop();
    await azure.close();
  });

  test("of the identity at start costs no more than seconds", async () => {
    azure.identity.fail("hang");
    await start();
    await until(() => azure.identity.requests.length > 0);
    azure.identity.recover();
    await accepted(hookSecret);
    expect(await health()).toBe(200);
    await until(() => azure.identity.hanging() === 0);
  });

  test("of the identity later on neither keeps a new secret out nor a deleted one in", async () => {
    azure.identity.issueFor(2);
    await start();
    expect(await answerTo(hookSecret)).toBe(200);
    await sleep(2_000);
    azure.identity.fail("hang");
    expect(await app.passing(answerTo("unknown"))).toBe(401);
    expect(azure.identity.hanging()).toBe(1);
    azure.identity.recover();
    azure.vault.set("okta-hook-secret", [{ value: "the-new-hook-secret" }]);
    await accepted("the-new-hook-secret");
    expect(await answerTo(hookSecret)).toBe(401);
    await until(() => azure.identity.hanging() === 0);
  }, 40_000);

  test("of the vault is let go of", async () => {
    await start();
    expect(await answerTo(hookSecret)).toBe(200);
    azure.vault.fail("hang");
    expect(await app.passing(answerTo("unknown"))).toBe(401);
    expect(azure.vault.hanging()).toBeGreaterThan(0);
    await app.passing(until(() => azure.vault.hanging() === 0));
  });

  test("of the vault is let go of when its signal says so, a hundred times over", async () => {
    await start();
    azure.vault.fail("hang");
    const { reads, descriptors } = JSON.parse(await run(azure, "hanging-vault.ts", "100")) as Record<string, number>;
    expect(reads).toBe(100);
    expect(descriptors).toBeLessThan(5);
  });
});

// In a process of its own, which has no token yet.
test("an identity that never answers for telemetry alone keeps telemetry waiting for seconds, and hooks not at all", async () => {
  const azure = await startAzure();
  const app = await startProcess(inAzure(azure));
  try {
    const ofTelemetry = () => azure.identity.requests.filter(({ resource }) => resource.includes("monitor"));
    expect((await app.post(hookBody())).status).toBe(200);
    azure.identity.fail("hang");
    await until(() => ofTelemetry().length > 0);
    azure.identity.recover();
    expect((await app.post(hookBody())).status).toBe(200);
    await azure.ingestion.waitFor(() => azure.ingestion.events("otp-delivery").length === 2, 60_000);
    await until(() => azure.identity.hanging() === 0);
  } finally {
    await app.stop();
    await azure.close();
  }
});
