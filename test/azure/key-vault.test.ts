import { setTimeout as sleep } from "node:timers/promises";
import type { FakeAzure } from "../../tools/sandbox/azure.ts";
import { hookSecret, inAzure, startAzureHere, startApp, type App } from "../app.ts";
import { hookBody } from "../../tools/sandbox/okta.ts";
import { until } from "../until.ts";

let azure: FakeAzure;
let app: App;
beforeEach(async () => {
  azure = await startAzureHere();
});
afterEach(async () => {
  await app.stop();
  await azure.close();
});

const answerTo = async (authorization: string) =>
  (await app.post(hookBody(), { authorization })).status;
const answersTo = (...secrets: string[]) => Promise.all(secrets.map(answerTo));
const health = async () => (await fetch(`${app.url}/api/health`)).json();
const untilHealthy = () =>
  app.passing(until(async () => JSON.stringify(await health()) === '{"status":"healthy"}'));
const untilAccepted = (secret: string) =>
  app.passing(until(async () => (await answerTo(secret)) === 200));

async function start(settings: Record<string, string> = {}): Promise<void> {
  app = await startApp({ ...inAzure(azure), ...settings });
}

async function startAndWarm(settings: Record<string, string> = {}): Promise<void> {
  await start(settings);
  expect(await answerTo(hookSecret)).toBe(200);
}

describe("secrets in the vault", () => {
  test("the app reads its secrets at the start, and not for each request", async () => {
    await start();
    expect(await health()).toEqual({ status: "healthy" });
    const reads = azure.vault.requests.length;
    for (let hook = 0; hook < 5; hook++) expect(await answerTo(hookSecret)).toBe(200);
    expect(azure.vault.requests).toHaveLength(reads);
    expect(azure.identity.requests.length).toBeGreaterThan(0);
    expect(app.eightByEight.messages).toHaveLength(5);
  });

  test("the app accepts the newest two hook secrets that are enabled and valid now", async () => {
    const settings = inAzure(azure);
    const soon = new Date(Date.now() + 600_000);
    azure.vault.set("okta-hook-secret", [
      { value: "disabled", enabled: false },
      { value: "begins-soon", notBefore: soon },
      { value: "expired", expires: new Date(Date.now() - 1_000) },
      // This value ends with a line break, as if it came from a file.
      { value: "ends-soon\n", expires: soon },
      ...[{ value: "second" }, { value: "third" }],
    ]);
    app = await startApp(settings);
    const answers = () =>
      answersTo("disabled", "begins-soon", "expired", "ends-soon", "second", "third");
    expect(await answers()).toEqual([401, 401, 401, 200, 200, 401]);
    azure.vault.fail("down");
    app.clock.turn(601_000);
    expect(await answers()).toEqual([401, 200, 401, 401, 200, 401]);
  });
});

describe("a secret with a third enabled version", () => {
  const versions = (newestIsEnabled: boolean) => [
    { value: "newest-of-the-three", enabled: newestIsEnabled },
    { value: "second-of-the-three" },
    { value: "third-that-was-retired" },
  ];
  const spare = '{"status":"healthy","spare":["okta-hook-secret"]}';

  test("the app accepts the newest two of three enabled versions, and warns in log and health", async () => {
    const settings = inAzure(azure);
    azure.vault.set("okta-hook-secret", versions(true));
    app = await startApp(settings);
    const all = versions(true).map(({ value }) => value);
    expect(await answersTo(...all)).toEqual([200, 200, 401]);
    await until(async () => JSON.stringify(await health()) === spare);
    expect(app.output()).toMatch(/Warning: okta-hook-secret has more than two enabled versions/);
    azure.vault.set("okta-hook-secret", versions(false));
    app.clock.turn(300_000);
    await untilHealthy();
    expect(await answersTo(...all)).toEqual([401, 200, 200]);
  });
});

describe("a secret that is changed in the vault", () => {
  test("the app accepts a rotated hook secret at once, with one read of the vault", async () => {
    await startAndWarm();
    azure.vault.set("okta-hook-secret", [{ value: "rotated" }, { value: hookSecret }]);
    const versions = "/secrets/okta-hook-secret/versions";
    const reads = () => azure.vault.requests.filter(({ path }) => path === versions).length;
    const before = reads();
    expect(await answerTo("rotated")).toBe(200);
    expect(await answersTo("rotated", hookSecret)).toEqual([200, 200]);
    expect(reads()).toBe(before + 1);
  });
});

describe("an unavailable vault or identity", () => {
  test("the hook answers 503 within its budget if the vault hangs at the start", async () => {
    azure.vault.fail("hang");
    await start();
    const answer = app.post(hookBody());
    await until(() => azure.vault.hanging() > 0);
    app.clock.turn(2_500);
    expect((await answer).status).toBe(503);
    expect(app.eightByEight.requests).toEqual([]);
  });

  test("while the vault denies access, health names the missing secrets, and the app recovers later", async () => {
    azure.vault.fail("denied");
    await start();
    expect(await health()).toEqual({
      status: "unhealthy",
      missing: ["okta-hook-secret", "eight-by-eight-api-key"],
    });
    azure.vault.recover();
    await untilHealthy();
    expect(await answerTo(hookSecret)).toBe(200);
  });

  test("in a vault outage, the app keeps its secrets for SECRET_OUTAGE_HOURS, and then answers 503", async () => {
    await startAndWarm({ SECRET_OUTAGE_HOURS: "1" });
    azure.vault.fail("down");
    expect(await answerTo("unknown")).toBe(401);
    app.clock.sleep(45 * 60_000);
    expect(await answerTo(hookSecret)).toBe(200);
    app.clock.sleep(45 * 60_000);
    expect(await answerTo(hookSecret)).toBe(503);
    expect(await health()).toEqual({
      status: "unhealthy",
      missing: ["okta-hook-secret", "eight-by-eight-api-key"],
    });
    azure.vault.recover();
    // The app pauses before a new read, because the last read has failed.
    await untilAccepted(hookSecret);
    expect(await health()).toEqual({ status: "healthy" });
  });
});

// With timers, the app would refresh each secret before its maximum age.
describe("secrets past their maximum age", () => {
  const elevenMinutesPass = () => {
    app.clock.sleep(11 * 60_000);
  };

  test("before SECRET_MAX_AGE_MINUTES have passed, a request does not wait for a new read of a secret", async () => {
    await startAndWarm({ SECRET_MAX_AGE_MINUTES: "12" });
    azure.vault.set("okta-hook-secret", [{ value: "the-other-hook-secret" }]);
    azure.vault.fail({ slowMs: 50 });
    elevenMinutesPass();
    expect(await answerTo(hookSecret)).toBe(200);
  });

  test("if the vault hangs, a request waits one second for all its secrets, not for each of them", async () => {
    await startAndWarm({ HOOK_BUDGET_MS: "1900" });
    azure.vault.fail("hang");
    elevenMinutesPass();
    // Two waits of a second would exceed the budget of 1,900 ms.
    expect(await app.passing(answerTo(hookSecret))).toBe(200);
  });
});

// The SDKs share one token request among all callers that wait for a token.
describe("a request that hangs forever", () => {
  test("even if a later token request hangs, the app accepts a new secret and refuses the old one", async () => {
    azure.identity.issueFor(2);
    await startAndWarm({ APPLICATIONINSIGHTS_CONNECTION_STRING: "" });
    await sleep(2_000);
    azure.identity.fail("hang");
    expect(await app.passing(answerTo("unknown"))).toBe(401);
    expect(azure.identity.hanging()).toBe(1);
    azure.identity.recover();
    azure.vault.set("okta-hook-secret", [{ value: "the-new-hook-secret" }]);
    await untilAccepted("the-new-hook-secret");
    expect(await answerTo(hookSecret)).toBe(401);
    await until(() => azure.identity.hanging() === 0);
  });

  test("the app aborts a hanging request to the vault", async () => {
    await startAndWarm();
    azure.vault.fail("hang");
    expect(await app.passing(answerTo("unknown"))).toBe(401);
    expect(azure.vault.hanging()).toBeGreaterThan(0);
    await app.passing(until(() => azure.vault.hanging() === 0));
  });
});
