import {
  startAuthorizationServer,
  type AuthorizationServer,
} from "../../tools/sandbox/okta/authorization-server.ts";
import { hookBody } from "../../tools/sandbox/okta.ts";
import { createSigningKey, signToken } from "../../tools/sandbox/okta/signed-token.ts";
import { hookSecret, inAzure, startApp, startAzureHere, type App } from "../app.ts";
import { until } from "../until.ts";

let server: AuthorizationServer;
let app: App | undefined;

beforeEach(async () => {
  server = await startAuthorizationServer();
});
afterEach(async () => {
  await app?.stop();
  app = undefined;
  await server.close();
});

const start = async (settings: Record<string, string> = {}): Promise<App> =>
  (app = await startApp({ ...server.env, OKTA_HOOK_SECRET: "", ...settings }));
const post = (authorization: string | undefined) =>
  (app as App).post(hookBody(), { authorization });
const statusOf = async (token: string) => (await post(`Bearer ${token}`)).status;
const health = async () => {
  const answer = await fetch(`${String(app?.url)}/api/health`);
  return [answer.status, await answer.json()];
};
const forged = () => signToken(createSigningKey(), server.claims());
const keyReads = () => server.requests.filter(({ path }) => path.endsWith("/keys")).length;

describe("Okta authenticates with tokens", () => {
  test("the hook accepts a token if no hook secret is set", async () => {
    await start();
    expect((await post(`Bearer ${await server.fetchToken()}`)).judged.answer).toBe("successful");
    expect((await post(`bearer ${await server.fetchToken()}`)).judged.answer).toBe("successful");
    expect(await health()).toEqual([200, { status: "healthy" }]);
  });

  test.each([1_500, 8_000])("the hook accepts a token of %i characters", async (length) => {
    await start();
    const token = (more: number) =>
      signToken(server.key, server.claims({ more: "x".repeat(more) }));
    const long = token(Math.floor(((length - token(0).length) * 3) / 4));
    expect(Math.abs(long.length - length)).toBeLessThan(5);
    expect(await statusOf(long)).toBe(200);
  });

  test("with tokens only, every request without a valid token gets the same 401, even with the hook secret", async () => {
    await start({ OKTA_HOOK_SECRET: hookSecret });
    const good = await server.fetchToken();
    const long = signToken(server.key, server.claims({ more: "x".repeat(8_192) }));
    const otherHeaders = [
      undefined,
      "",
      hookSecret,
      good,
      `Basic ${good}`,
      `Bearer  ${good}`,
      `x Bearer ${good}`,
    ];
    otherHeaders.push(
      `Bearer ${good},Bearer ${good}`,
      `Bearer ${good}.x`,
      `Bearer ${long}`,
      `Bearer ${forged()}`,
    );
    const answers = [];
    for (const header of otherHeaders) answers.push(await post(header));
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(answers[0]?.status).toBe(401);
    expect(app?.eightByEight.requests).toEqual([]);
  });
});

describe("the issuer's keys", () => {
  test("the hook accepts tokens if OKTA_TOKEN_KEYS_URL is not on the issuer's host", async () => {
    const iss = "https://login.example.com/oauth2/aus1";
    await start({ OKTA_TOKEN_ISSUER: iss, OKTA_TOKEN_KEYS_URL: server.keysUrl });
    expect(await statusOf(signToken(server.key, server.claims({ iss })))).toBe(200);
    expect(await statusOf(await server.fetchToken())).toBe(401);
  });

  test("until the issuer's keys can be read, the hook answers 503 within its budget", async () => {
    const token = await server.fetchToken();
    server.fail("hang");
    const app = await start();
    const { status, judged } = await app.passing(post(`Bearer ${token}`));
    expect([status, judged.answer]).toEqual([503, "error"]);
    expect(await app.passing(health())).toEqual([
      503,
      { status: "unhealthy", missing: ["okta-token-keys"] },
    ]);
    server.fail("error");
    expect(await app.passing(statusOf(token))).toBe(503);
    server.recover();
    await app.passing(until(async () => (await statusOf(token)) === 200));
    expect(app.output()).not.toContain(token);
  });

  test("a slow read of the issuer's keys delays the first request, and later only tokens with an unknown key", async () => {
    const token = await server.fetchToken();
    server.fail({ slowMs: 800 });
    const app = await start();
    const { judged } = await post(`Bearer ${token}`);
    expect([judged.answer, keyReads()]).toEqual(["successful", 1]);
    const unknown = post(`Bearer ${forged()}`);
    await until(() => keyReads() === 2);
    server.fail("hang");
    expect((await Promise.race([unknown, post(`Bearer ${token}`)])).judged.answer).toBe(
      "successful",
    );
    expect((await app.passing(unknown)).status).toBe(401);
  });

  test("the app keeps using the issuer's keys if the issuer becomes unreachable", async () => {
    const app = await start();
    const token = await server.fetchToken();
    expect(await statusOf(token)).toBe(200);
    server.fail("hang");
    const answers = await app.passing(
      Promise.all([forged(), token, forged(), token].map(statusOf)),
    );
    expect(answers).toEqual([401, 200, 401, 200]);
    expect(await statusOf(token)).toBe(200);
  });

  test("after a key rotation, the app reads the keys with one request, and accepts every new token", async () => {
    const app = await start();
    expect(await statusOf(await server.fetchToken())).toBe(200);
    const older = await server.fetchToken();
    server.rotate();
    const reads = keyReads();
    const tokens = await Promise.all(Array.from({ length: 10 }, () => server.fetchToken()));
    app.clock.turn(1_000);
    expect(new Set(await Promise.all(tokens.map(statusOf)))).toEqual(new Set([200]));
    expect(keyReads()).toBe(reads + 1);
    expect(await statusOf(older)).toBe(200);
    server.rotate({ keepOlder: false });
    app.clock.turn(10_000);
    expect(await statusOf(await server.fetchToken())).toBe(200);
    expect(await app.passing(statusOf(older))).toBe(401);
  });

  test("the app reads the keys again at most every 10 s, and only for a token with valid claims", async () => {
    const app = await start();
    expect(await statusOf(await server.fetchToken())).toBe(200);
    const attackersKey = createSigningKey();
    const reads = keyReads();
    for (const changes of [
      { iss: "https://x.example.com/oauth2/a" },
      { aud: "api://default" },
      { cid: "0oa" },
      { scp: [] },
    ])
      expect(await statusOf(signToken(attackersKey, server.claims(changes)))).toBe(401);
    expect(keyReads()).toBe(reads);
    const began = app.clock.elapsed();
    const flood = Array.from({ length: 40 }, () =>
      statusOf(signToken(attackersKey, server.claims())),
    );
    expect(new Set(await app.passing(Promise.all(flood)))).toEqual(new Set([401]));
    expect(keyReads() - reads).toBeLessThanOrEqual((app.clock.elapsed() - began) / 10_000 + 1);
  });
});

describe("Okta changes from the secret to tokens", () => {
  test("with OKTA_HOOK_AUTH=either, the hook accepts the secret in its own header, even without keys", async () => {
    server.fail("down");
    const either = {
      OKTA_HOOK_AUTH: "either",
      OKTA_HOOK_SECRET: hookSecret,
      OKTA_AUTH_HEADER: "x-telephony-key",
    };
    const started = await start(either);
    const send = (headers: Record<string, string | undefined>) => started.post(hookBody(), headers);
    const withSecret = { authorization: undefined, "x-telephony-key": hookSecret };
    expect((await send(withSecret)).judged.answer).toBe("successful");
    server.recover();
    const token = `Bearer ${await server.fetchToken()}`;
    await started.passing(until(async () => (await post(token)).judged.answer === "successful"));
    expect((await send({ "x-telephony-key": token, authorization: undefined })).status).toBe(401);
  });

  test("events report how Okta authenticated, or why the app refused a token", async () => {
    const azure = await startAzureHere();
    try {
      const app = await start({ ...inAzure(azure), OKTA_HOOK_AUTH: "either" });
      await until(async () => (await health())[0] === 200);
      for (const credential of [
        hookSecret,
        `Bearer ${await server.fetchToken()}`,
        `Bearer ${forged()}`,
      ])
        await post(credential);
      await app.stop();
      const events = azure.ingestion.events("otp-delivery").map(({ properties }) => properties);
      expect(events).toMatchObject([
        { outcome: "accepted", authenticatedBy: "secret", secretVersion: "1" },
        { outcome: "accepted", authenticatedBy: "token" },
        { outcome: "unauthenticated", reason: "token-key" },
      ]);
      expect(events[1]).not.toHaveProperty("secretVersion");
      expect(events[2]).not.toHaveProperty("authenticatedBy");
      // A token's age is inexact, because `iat` is in whole seconds.
      expect(Number(events[1]?.["tokenAgeMs"])).toBeGreaterThanOrEqual(0);
      expect(Number(events[1]?.["tokenAgeMs"])).toBeLessThan(15_000);
    } finally {
      await app?.stop();
      await azure.close();
    }
  });
});
