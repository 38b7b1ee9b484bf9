import { setTimeout as sleep } from "node:timers/promises";
import type { FakeAzure } from "../../sandbox/azure.ts";
import { hookBody } from "../../sandbox/okta.ts";
import { apiKey, hookSecret, inAzure, startAzureHere, startApp, type App } from "../app.ts";
import { until } from "../until.ts";

// The real SDKs, against a managed identity and a vault on loopback.
describe("secrets that are changed in the vault", () => {
  let azure: FakeAzure;
  let app: App;
  const answerTo = async (authorization: string) => (await app.post(hookBody(), { authorization })).status;
  const hookSecretReads = () =>
    azure.vault.requests.filter(({ path }) => path === "/secrets/okta-hook-secret/versions").length;

  beforeEach(async () => {
    azure = await startAzureHere();
    app = await startApp(inAzure(azure));
    expect(await answerTo(hookSecret)).toBe(200);
  });
  afterEach(async () => {
    await app.stop();
    await azure.close();
  });

  test("a hook secret that was rotated in is accepted at once, at the price of one read", async () => {
    azure.vault.set("okta-hook-secret", [{ value: "rotated" }, { value: hookSecret }]);
    const reads = hookSecretReads();
    expect(await answerTo("rotated")).toBe(200);
    expect(hookSecretReads()).toBe(reads + 1);
    expect([await answerTo("rotated"), await answerTo(hookSecret)]).toEqual([200, 200]);
    expect(hookSecretReads()).toBe(reads + 1);
  });

  test("it is soon accepted in a flood of wrong ones too, which costs a read in ten seconds", async () => {
    const reads = hookSecretReads();
    const { clock } = app;
    const start = clock.elapsed();
    expect(await answerTo("wrong")).toBe(401);
    let flooding = true;
    const flood = Array.from({ length: 20 }, async () => {
      const statuses = new Set<number>();
      while (flooding) {
        statuses.add(await answerTo("wrong"));
        await sleep(50);
      }
      return [...statuses];
    });
    azure.vault.set("okta-hook-secret", [{ value: "rotated" }, { value: hookSecret }]);
    await app.passing(until(async () => (await answerTo("rotated")) === 200));
    flooding = false;
    expect(await Promise.all(flood)).toEqual(flood.map(() => [401]));
    expect(hookSecretReads() - reads).toBeLessThanOrEqual((clock.elapsed() - start) / 10_000 + 1);
  });

  test("8x8's 401 leads to one reload of the key, and the code is sent with the new one", async () => {
    app.eightByEight.setApiKey("another-key");
    azure.vault.set("eight-by-eight-api-key", [{ value: "another-key" }, { value: apiKey }]);
    expect((await app.post(hookBody())).judged.answer).toBe("successful");
    expect(app.eightByEight.messages).toHaveLength(2);
  });

  test("a hook secret under 16 characters is named in the log and by health, and is accepted", async () => {
    azure.vault.set("okta-hook-secret", [{ value: "a-short-secret" }]);
    expect(await answerTo("a-short-secret")).toBe(200);
    expect(await (await fetch(`${app.url}/api/health`)).json()).toEqual({
      status: "healthy",
      weak: ["okta-hook-secret"],
    });
    expect(app.output()).toMatch(/Warning: okta-hook-secret has fewer than 16 characters/);
    expect(app.output()).not.toContain("a-short-secret");
  });

  test("a key for hashes under 32 characters is named in the same two ways", async () => {
    azure.vault.set("phone-hash-key", [{ value: "0123456789abcdef0123456789abcde" }]);
    await app.stop();
    app = await startApp(inAzure(azure));
    const health = async () => (await fetch(`${app.url}/api/health`)).text();
    await until(async () => (await health()) === '{"status":"healthy","weak":["phone-hash-key"]}');
    expect(app.output()).toMatch(/Warning: phone-hash-key has fewer than 32 characters/);
    expect(app.output()).not.toContain("0123456789abcdef");
  });
});
