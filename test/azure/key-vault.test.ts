import type { FakeAzure } from "../../sandbox/azure.ts";
import { apiKey, hookSecret, inAzure, startAzureHere, startApp, type App } from "../app.ts";
import { hookBody } from "../../sandbox/okta.ts";
import { until } from "../until.ts";

// The real SDKs, against a managed identity and a vault on loopback.
describe("secrets from Key Vault", () => {
  let azure: FakeAzure;
  let app: App;
  const start = async () => (app = await startApp(inAzure(azure)));
  const answerTo = async (authorization: string) => (await app.post(hookBody(), { authorization })).status;
  const health = async () => (await fetch(`${app.url}/api/health`)).json();

  beforeEach(async () => {
    azure = await startAzureHere();
  });
  afterEach(async () => {
    await app.stop();
    await azure.close();
  });

  test("are read at start, with the user-assigned identity, and not again for the next hooks", async () => {
    await start();
    expect(await health()).toEqual({ status: "healthy" });
    const reads = azure.vault.requests.length;
    for (let hook = 0; hook < 5; hook++) expect(await answerTo(hookSecret)).toBe(200);
    expect(azure.vault.requests).toHaveLength(reads);
    expect(azure.identity.requests.length).toBeGreaterThan(0);
    expect(app.eightByEight.messages).toHaveLength(5);
  });

  test("a hook that comes before the first read is done waits for it", async () => {
    azure.vault.fail({ slowMs: 300 });
    await start();
    expect(await answerTo(hookSecret)).toBe(200);
  });

  test("a vault that is slower than the budget costs a 503 within the budget, and nothing is sent", async () => {
    azure.vault.fail("hang");
    await start();
    const answer = app.post(hookBody());
    await until(() => azure.vault.hanging() > 0);
    app.clock.turn(2_500);
    expect((await answer).status).toBe(503);
    expect(app.eightByEight.requests).toEqual([]);
  });

  test("both of the two newest versions are accepted, an older one is not", async () => {
    azure.vault.set("okta-hook-secret", []);
    const settings = inAzure(azure);
    azure.vault.set("okta-hook-secret", [{ value: "newest" }, { value: "second" }, { value: "third" }]);
    app = await startApp(settings);
    expect([await answerTo("newest"), await answerTo("second"), await answerTo("third")]).toEqual([200, 200, 401]);
  });

  test("only versions that are enabled, active and not expired count, and a line break at the end is none of the secret", async () => {
    const settings = inAzure(azure);
    const hour = 3_600_000;
    azure.vault.set("okta-hook-secret", [
      { value: "disabled", enabled: false },
      { value: "early", notBefore: new Date(Date.now() + hour) },
      { value: "late", expires: new Date(Date.now() - hour) },
      { value: "good\n" },
    ]);
    app = await startApp(settings);
    expect(await Promise.all(["disabled", "early", "late", "good"].map(answerTo))).toEqual([401, 401, 401, 200]);
  });

  test.each([
    ["disabled", { enabled: false }],
    ["not active yet", { notBefore: new Date(Date.now() + 3_600_000) }],
    ["expired", { expires: new Date(1_000) }],
  ])("of the API key, a newest version that is %s does not count, but the one before it does", async (_, unusable) => {
    const settings = inAzure(azure);
    azure.vault.set("eight-by-eight-api-key", [
      { value: "unusable", ...unusable },
      { value: `${apiKey}\n` },
      { value: "older" },
    ]);
    app = await startApp(settings);
    expect(await answerTo(hookSecret)).toBe(200);
    expect(app.eightByEight.requests).toHaveLength(1);
  });

  test("stale values are served while one refresh runs behind them, and the next hook has the fresh ones", async () => {
    await start();
    expect(await answerTo(hookSecret)).toBe(200);
    azure.vault.set("okta-hook-secret", [{ value: "fresh" }]);
    const reads = azure.vault.requests.length;
    app.clock.sleep(360_000);
    azure.vault.fail({ slowMs: 100 });
    expect(await Promise.all(Array.from({ length: 10 }, () => answerTo(hookSecret)))).toEqual(
      Array<number>(10).fill(200),
    );
    await until(() => azure.vault.requests.length >= reads + 4);
    const refresh = azure.vault.requests.slice(reads).filter(({ path }) => path.includes("okta-hook-secret"));
    expect(refresh.map(({ path }) => path)).toEqual([
      expect.stringMatching(/versions$/),
      expect.not.stringMatching(/versions$/),
    ]);
    azure.vault.recover();
    expect([await answerTo("fresh"), await answerTo(hookSecret)]).toEqual([200, 401]);
  });

  test.each(["down", "error", "denied"] as const)("last good values are kept while the vault is %s", async (fault) => {
    await start();
    expect(await answerTo(hookSecret)).toBe(200);
    azure.vault.fail(fault);
    expect(await answerTo("unknown")).toBe(401);
    expect(await answerTo(hookSecret)).toBe(200);
    expect(app.eightByEight.messages).toHaveLength(2);
  });

  test.each([
    ["the vault denies", (fake: FakeAzure) => fake.vault],
    ["the identity fails", (fake: FakeAzure) => fake.identity],
  ])("where %s, health says what is missing, hooks are 503, and it mends by itself", async (_, part) => {
    part(azure).fail("denied");
    await start();
    expect(await health()).toEqual({ status: "unhealthy", missing: ["okta-hook-secret", "eight-by-eight-api-key"] });
    part(azure).recover();
    app.clock.turn(2_000);
    await until(async () => JSON.stringify(await health()) === '{"status":"healthy"}');
    expect(await answerTo(hookSecret)).toBe(200);
  });

  test("a local secret in Azure's settings is an error, and is not accepted", async () => {
    app = await startApp({ ...inAzure(azure), OKTA_HOOK_SECRET: "left-behind" });
    expect(await answerTo("left-behind")).toBe(503);
    expect(await health()).toEqual({ status: "unhealthy", wrong: ["OKTA_HOOK_SECRET"] });
    expect(app.output()).not.toContain("left-behind");
  });
});
