import type { FakeAzure } from "../../tools/sandbox/azure.ts";
import { startSecondHook, type SecondHook } from "../../tools/sandbox/second-hook.ts";
import { hookSecret, inAzure, startApp, startAzureHere, type App } from "../app.ts";
import { until } from "../until.ts";
import { passing, slow } from "../worker/clock.ts";
import { call, code, secondSecret } from "./two-providers.ts";

let azure: FakeAzure;
let second: SecondHook;
let app: App;
beforeEach(async () => {
  azure = await startAzureHere();
  second = await startSecondHook({ secret: secondSecret });
});
afterEach(async () => {
  await app.stop();
  await second.close();
  await azure.close();
});

type Secrets = Readonly<
  Partial<
    Record<"okta-hook-secret" | "eight-by-eight-api-key" | "second-hook-secret", string | undefined>
  >
>;

/** A secret that is undefined has no version in the vault. */
async function start(secrets: Secrets, settings: Readonly<Record<string, string>> = {}) {
  const env = inAzure(azure);
  const { SECOND_HOOK_URL = "" } = second.env;
  for (const [name, value] of Object.entries({ "second-hook-secret": secondSecret, ...secrets }))
    azure.vault.set(name, value === undefined ? [] : [{ value }]);
  app = await startApp({ ...env, SECOND_HOOK_URL, ...settings });
}

async function health(): Promise<{ status: number; body: string }> {
  const response = await fetch(`${app.url}/api/health`);
  return { status: response.status, body: await response.text() };
}

const healthShows = (name: string) => until(async () => (await health()).body.includes(name));

test("with the secrets of both providers, health names no secret, and the second hook sends the code", async () => {
  await start({}, { SECOND_HOOK_FIRST_FOR: "all" });
  expect((await app.post(code())).judged.answer).toBe("successful");
  expect(second.messages).toHaveLength(1);
  expect(await health()).toEqual({ status: 200, body: '{"status":"healthy"}' });
});

test("without 8x8's key, health is 503, and codes go to the second hook", async () => {
  await start({ "eight-by-eight-api-key": undefined });
  const missing = `"missing":["eight-by-eight-api-key"]`;
  await until(async () => (await app.passing(health())).body.includes(missing));
  const unhealthy = await app.passing(health());
  expect(unhealthy.status).toBe(503);
  expect(unhealthy.body).toContain('"missing":["eight-by-eight-api-key"]');
  // The app sends these codes at once, because it does not wait for the missing key.
  const answers = [app.post(code()), app.post(code({ messageProfile: call }))];
  for (const answer of answers) expect((await answer).judged.answer).toBe("successful");
  expect(second.messages).toHaveLength(2);
});

test("if three people's codes fail because 8x8's key is missing, the next event names 8x8 as passed over", async () => {
  await start({ "eight-by-eight-api-key": undefined });
  await healthShows("eight-by-eight-api-key");
  for (const digit of [1, 2, 3, 4]) {
    const userProfile = { userId: `00uperson00000${digit}` };
    await app.post(code({ userProfile, messageProfile: { phoneNumber: `+491512345678${digit}` } }));
  }
  await app.stop();
  const events = azure.ingestion.events("otp-delivery").map(({ properties }) => properties);
  expect(events.map(({ passedOver }) => passedOver)).toEqual([
    ...[undefined, undefined, undefined, "8x8"],
  ]);
  expect(events.at(-1)).toMatchObject({ outcome: "accepted", otherReason: "secrets-not-loaded" });
});

test("health names the second hook's secret if it has a spare version", async () => {
  const values = ["newest", "older", "oldest"].map((value) => ({ value }));
  azure.vault.set("second-hook-secret", values);
  const { SECOND_HOOK_URL = "" } = second.env;
  app = await startApp({ ...inAzure(azure), SECOND_HOOK_URL });
  await healthShows("spare");
  expect((await health()).body).toContain('"spare":["second-hook-secret"]');
});

test("without the second hook's secret, health has a warning, and 8x8 gets a second attempt", async () => {
  await start({ "second-hook-secret": undefined });
  await healthShows("second-hook-secret");
  expect((await health()).status).toBe(200);
  app.eightByEight.fail("sms", { fault: "503" }, 1);
  const answer = passing(app.clock, app.post(code()), slow);
  expect((await answer).judged.answer).toBe("successful");
  expect([app.eightByEight.requests.length, second.requests.length]).toEqual([2, 0]);
});

test("health has a warning if the second hook's secret is also the hook secret", async () => {
  await start({ "second-hook-secret": hookSecret });
  await healthShows("second-hook-secret");
  expect((await health()).status).toBe(200);
});

test("after the second hook's 401, the app reads the second hook's secret again", async () => {
  await start({}, { SECOND_HOOK_FIRST_FOR: "all" });
  await app.post(code());
  azure.vault.set("second-hook-secret", [{ value: "rotated" }, { value: secondSecret }]);
  second.behave({ status: 401 });
  app.clock.turn(10_000);
  expect((await app.post(code())).judged.answer).toBe("successful");
  second.behave(undefined);
  await until(async () => {
    await app.post(code());
    return second.requests.at(-1)?.rawHeaders.includes("rotated") === true;
  });
  expect(app.eightByEight.messages.length).toBeGreaterThan(0);
});

test("if 8x8 fails and the second hook sends the code, the guard counts one code, and the event has no providerId", async () => {
  await start({}, { GUARD_MODE: "enforce", GUARD_COUNTRY_LIMITS: '{"DE":{"calls":2}}' });
  app.eightByEight.fail("voice", { fault: "500" });
  const answers = [];
  for (let count = 0; count < 3; count++)
    answers.push((await app.post(code({ messageProfile: call }))).judged.reason ?? "sent");
  expect(answers).toEqual(["sent", "sent", "country-calls"]);
  await app.stop();
  const [event] = azure.ingestion.events("otp-delivery").map(({ properties }) => properties);
  expect(event).toMatchObject({
    outcome: "accepted",
    provider: "second-hook",
    otherReason: "provider-error",
    attempts: "2",
    providerCode: "SUCCESSFUL",
  });
  expect(event).not.toHaveProperty("providerId");
});

test("the guard does not count a code if 8x8 rejects it and the second hook fails", async () => {
  await start({}, { GUARD_MODE: "enforce", GUARD_COUNTRY_LIMITS: '{"DE":{"calls":1}}' });
  app.eightByEight.fail("voice", { fault: "not-created", statusCode: 403, status: 403 }, 1);
  second.behave({ status: 500 });
  await app.post(code({ messageProfile: call }));
  const { judged } = await app.post(code({ messageProfile: call }));
  expect(judged.reason).toBeUndefined();
});
