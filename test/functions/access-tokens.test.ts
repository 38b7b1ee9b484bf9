import { startAuthorizationServer, type AuthorizationServer } from "../../sandbox/okta/authorization-server.ts";
import { hookBody } from "../../sandbox/okta.ts";
import { createSigningKey, signToken } from "../../sandbox/okta/signed-token.ts";
import { hookSecret, startApp, type App } from "../app.ts";
import { brokenTokens } from "../okta/broken-tokens.ts";
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
const post = (authorization: string | undefined) => (app as App).post(hookBody(), { authorization });
const statusOf = async (token: string) => (await post(`Bearer ${token}`)).status;
const health = async () => {
  const answer = await fetch(`${String(app?.url)}/api/health`);
  return [answer.status, await answer.json()];
};
const keyReads = () => server.requests.filter(({ path }) => path.endsWith("/keys")).length;

describe("where Okta signs in with tokens", () => {
  test("a hook with one is sent, and no hook secret is needed", async () => {
    await start();
    expect((await post(`Bearer ${await server.fetchToken()}`)).judged.answer).toBe("successful");
    expect((await post(`bearer ${await server.fetchToken()}`)).judged.answer).toBe("successful");
    expect(await health()).toEqual([200, { status: "healthy" }]);
  });

  test("any other hook is a 401 with one text, and nothing is sent", async () => {
    await start();
    const good = await server.fetchToken();
    const others = [
      undefined,
      "",
      hookSecret,
      good,
      `Basic ${good}`,
      `Bearer  ${good}`,
      `Bearer ${good} `.padEnd(9_000, "x"),
    ];
    const long = signToken(server.key, server.claims({ more: "x".repeat(8_192) }));
    others.push(`x Bearer ${good}`, `Bearer ${good},Bearer ${good}`, `Bearer ${good}.x`, `Bearer ${long}`);
    for (const [, , create] of brokenTokens) others.push(`Bearer ${create(server)}`);
    const answers = [];
    for (const other of others) answers.push(await post(other));
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(answers[0]?.status).toBe(401);
    expect(app?.eightByEight.requests).toEqual([]);
  });

  test("a secret that is set nevertheless lets nobody in", async () => {
    await start({ OKTA_HOOK_SECRET: hookSecret });
    expect((await post(hookSecret)).status).toBe(401);
  });
});

describe("the issuer's keys", () => {
  test("that are out of reach at the start cost hooks, which wait for them within their budget, until they are there", async () => {
    const token = await server.fetchToken();
    server.fail("hang");
    const app = await start();
    const { status, judged } = await app.passing(post(`Bearer ${token}`));
    expect([status, judged.answer]).toEqual([503, "error"]);
    expect(await app.passing(health())).toEqual([503, { status: "unhealthy", missing: ["okta-token-keys"] }]);
    server.fail("error");
    expect(await app.passing(statusOf(token))).toBe(503);
    server.recover();
    await app.passing(until(async () => (await statusOf(token)) === 200));
    expect(app.output()).not.toContain(token);
  });

  test("that come slowly are waited for at the start, and later delay nobody whose key is known", async () => {
    const token = await server.fetchToken();
    server.fail({ slowMs: 800 });
    const app = await start();
    const { judged } = await post(`Bearer ${token}`);
    expect([judged.answer, keyReads()]).toEqual(["successful", 1]);
    const unknown = post(`Bearer ${signToken(createSigningKey(), server.claims())}`);
    await until(() => keyReads() === 2);
    server.fail("hang");
    expect((await Promise.race([unknown, post(`Bearer ${token}`)])).judged.answer).toBe("successful");
    expect((await app.passing(unknown)).status).toBe(401);
  });

  test.each(["down", "hang", "error", "denied"] as const)(
    "are kept where later the issuer is out of reach: %s",
    async (fault) => {
      const app = await start();
      const token = await server.fetchToken();
      const unknown = signToken(createSigningKey(), server.claims());
      expect(await statusOf(token)).toBe(200);
      server.fail(fault);
      const answers = await app.passing(Promise.all([unknown, token, unknown, token].map(statusOf)));
      expect(answers).toEqual([401, 200, 401, 200]);
      expect(await statusOf(token)).toBe(200);
    },
  );

  test("are kept where they lead elsewhere, or there are none", async () => {
    const app = await start();
    const token = await server.fetchToken();
    const unknown = signToken(createSigningKey(), server.claims());
    expect(await statusOf(token)).toBe(200);
    for (const answer of [
      { status: 302, body: {}, headers: { location: server.keysUrl } },
      { status: 200, body: { keys: [] } },
      { status: 200, body: { keys: "x".repeat(70_000) } },
    ]) {
      server.serveKeys(answer);
      expect([await app.passing(statusOf(unknown)), await statusOf(token)]).toEqual([401, 200]);
    }
  });

  test("are read once more for a key that nobody has seen, and a rotation costs no hook", async () => {
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

  test("are not read again for tokens that are not even for us, and once in ten seconds for those that seem to be", async () => {
    const app = await start();
    expect(await statusOf(await server.fetchToken())).toBe(200);
    const stranger = createSigningKey();
    const reads = keyReads();
    for (const changes of [
      { iss: "https://x.example.com/oauth2/a" },
      { aud: "api://default" },
      { cid: "0oa" },
      { scp: [] },
    ])
      expect(await statusOf(signToken(stranger, server.claims(changes)))).toBe(401);
    expect(keyReads()).toBe(reads);
    const began = app.clock.elapsed();
    const flood = Array.from({ length: 40 }, () => statusOf(signToken(stranger, server.claims())));
    expect(new Set(await app.passing(Promise.all(flood)))).toEqual(new Set([401]));
    expect(keyReads() - reads).toBeLessThanOrEqual((app.clock.elapsed() - began) / 10_000 + 1);
  });

  test("may be elsewhere than at the issuer", async () => {
    await start({ OKTA_TOKEN_ISSUER: "https://login.example.com/oauth2/aus1", OKTA_TOKEN_KEYS_URL: server.keysUrl });
    expect(await statusOf(signToken(server.key, server.claims({ iss: "https://login.example.com/oauth2/aus1" })))).toBe(
      200,
    );
    expect(await statusOf(await server.fetchToken())).toBe(401);
  });
});

describe("while Okta changes over from the secret to tokens", () => {
  test("both are taken under load, whatever the issuer does meanwhile, and nothing is lost", async () => {
    await start({ OKTA_HOOK_AUTH: "either", OKTA_HOOK_SECRET: hookSecret });
    const outcomes: string[] = [];
    const token = await server.fetchToken();
    let over = false;
    const lane = async (): Promise<void> => {
      while (!over) outcomes.push((await post(outcomes.length % 2 ? hookSecret : `Bearer ${token}`)).judged.answer);
    };
    const lanes = Array.from({ length: 8 }, lane);
    const after = (count: number) => until(() => outcomes.length >= count);
    await after(30);
    server.rotate();
    await after(60);
    server.fail("down");
    await after(90);
    over = true;
    await Promise.all(lanes);
    expect(new Set(outcomes)).toEqual(new Set(["successful"]));
    expect((await post("a-wrong-secret")).status).toBe(401);
    expect((await post(undefined)).status).toBe(401);
  });

  test("the secret is taken though no keys can be read, in a header of its own too", async () => {
    server.fail("down");
    const either = { OKTA_HOOK_AUTH: "either", OKTA_HOOK_SECRET: hookSecret, OKTA_AUTH_HEADER: "x-telephony-key" };
    const started = await start(either);
    const send = (headers: Record<string, string | undefined>) => started.post(hookBody(), headers);
    const withSecret = { authorization: undefined, "x-telephony-key": hookSecret };
    expect((await send(withSecret)).judged.answer).toBe("successful");
    server.recover();
    const token = `Bearer ${await server.fetchToken()}`;
    await started.passing(until(async () => (await post(token)).judged.answer === "successful"));
    expect((await send({ "x-telephony-key": token, authorization: undefined })).status).toBe(401);
  });
});
