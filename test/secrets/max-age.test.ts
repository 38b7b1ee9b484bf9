import type { FakeAzure } from "../../sandbox/azure.ts";
import { hookBody } from "../../sandbox/okta.ts";
import { hookSecret, inAzure, startAzureHere, startApp, type App } from "../app.ts";
import { until } from "../until.ts";

// Time in which no timer runs: so it is for a process that the platform has stopped for a while, and only there is a value ever
// older than its refresh.
describe("secrets past their maximum age", () => {
  let azure: FakeAzure;
  let app: App;
  const answerTo = async (authorization: string) => (await app.post(hookBody(), { authorization })).status;
  const health = async () => (await fetch(`${app.url}/api/health`)).json();

  async function startAndWarm(settings: Record<string, string> = {}): Promise<void> {
    app = await startApp({ ...inAzure(azure), ...settings });
    expect(await answerTo(hookSecret)).toBe(200);
  }

  const minutesPass = (minutes: number) => {
    app.clock.sleep(minutes * 60_000);
  };

  beforeEach(async () => {
    azure = await startAzureHere();
  });
  afterEach(async () => {
    await app.stop();
    await azure.close();
  });

  test("that were disabled meanwhile let not one of 20 hooks through", async () => {
    await startAndWarm();
    const sent = app.eightByEight.messages.length;
    azure.vault.set("okta-hook-secret", [{ value: hookSecret, enabled: false }, { value: "the-other-hook-secret" }]);
    minutesPass(11);
    azure.vault.fail({ slowMs: 50 });
    const statuses = await Promise.all(Array.from({ length: 20 }, () => answerTo(hookSecret)));
    expect(statuses.filter((status) => status === 200)).toEqual([]);
    expect(app.eightByEight.messages).toHaveLength(sent);
  });

  test("with no version left are 503 at once, and health names them", async () => {
    await startAndWarm();
    azure.vault.set("okta-hook-secret", [{ value: hookSecret, enabled: false }]);
    minutesPass(11);
    expect(await answerTo(hookSecret)).toBe(503);
    expect(await health()).toEqual({ status: "unhealthy", missing: ["okta-hook-secret"] });
    azure.vault.set("okta-hook-secret", [{ value: hookSecret }]);
    expect(await answerTo(hookSecret)).toBe(200);
  });

  test("are believed for as long as the setting says", async () => {
    await startAndWarm({ SECRET_MAX_AGE_MINUTES: "12" });
    azure.vault.set("okta-hook-secret", [{ value: "the-other-hook-secret" }]);
    azure.vault.fail({ slowMs: 300 });
    minutesPass(11);
    expect(await answerTo(hookSecret)).toBe(200);
  });

  test("cost a hook one second where the vault hangs, for both secrets together, and the next hooks nothing", async () => {
    await startAndWarm({ HOOK_BUDGET_MS: "1900" });
    azure.vault.fail("hang");
    minutesPass(11);
    // Two waits would be more than the budget.
    const first = await app.passing(app.post(hookBody()));
    expect(first.status).toBe(200);
    const next = await Promise.all(Array.from({ length: 10 }, () => app.post(hookBody())));
    expect(next.map(({ status }) => status)).toEqual(next.map(() => 200));
    expect(Math.min(...next.map(({ ms }) => ms))).toBeLessThan(900);
    expect(app.eightByEight.messages).toHaveLength(12);
  });

  test("serve through an outage of the vault as long as the setting says, and are back when it is", async () => {
    await startAndWarm({ SECRET_OUTAGE_HOURS: "1" });
    azure.vault.fail("down");
    expect(await answerTo("unknown")).toBe(401);
    minutesPass(45);
    expect(await answerTo(hookSecret)).toBe(200);
    minutesPass(45);
    expect(await answerTo(hookSecret)).toBe(503);
    expect(await health()).toEqual({ status: "unhealthy", missing: ["okta-hook-secret", "eight-by-eight-api-key"] });
    azure.vault.recover();
    // Each of the two secrets may just have been read in vain, and waits a second for its next read.
    await app.passing(until(async () => (await answerTo(hookSecret)) === 200));
    expect(await health()).toEqual({ status: "healthy" });
  });

  test("a version that expires between two reads is not accepted after it, and one begins on time", async () => {
    const at = new Date(Date.now() + 600_000);
    const settings = inAzure(azure);
    azure.vault.set("okta-hook-secret", [
      { value: "begins-in-ten-minutes", notBefore: at },
      { value: "ends-in-ten-minutes", expires: at },
      { value: hookSecret },
    ]);
    app = await startApp(settings);
    const statuses = () =>
      Promise.all(["begins-in-ten-minutes", "ends-in-ten-minutes", hookSecret].map((secret) => answerTo(secret)));
    expect(await Promise.all(["ends-in-ten-minutes", hookSecret].map((secret) => answerTo(secret)))).toEqual([
      200, 200,
    ]);
    azure.vault.fail("down");
    app.clock.turn(601_000);
    expect(await statuses()).toEqual([200, 401, 200]);
  });
});
