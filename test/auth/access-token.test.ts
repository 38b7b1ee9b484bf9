import { systemClock } from "../../src/timing/clock.ts";
import { createTokenVerifier } from "../../src/auth/access-token.ts";
import { readKeySet } from "../../src/auth/token-keys.ts";
import {
  startAuthorizationServer,
  type AuthorizationServer,
} from "../../tools/sandbox/okta/authorization-server.ts";
import { createSigningKey, publicJwk, signToken } from "../../tools/sandbox/okta/signed-token.ts";
import { brokenTokens } from "./broken-tokens.ts";

const { signal } = new AbortController();
let server: AuthorizationServer;
let verify: (token: string) => ReturnType<ReturnType<typeof createTokenVerifier>>;

beforeAll(async () => {
  server = await startAuthorizationServer();
  const named = (name: string) => server.env[`OKTA_TOKEN_${name}`] ?? "";
  const expected = {
    issuer: named("ISSUER"),
    audience: named("AUDIENCE"),
    clientId: named("CLIENT_ID"),
    scope: named("SCOPE"),
  };
  const verifier = createTokenVerifier(expected, systemClock);
  verify = async (token) => verifier(token, await readKeySet(server.keysUrl, signal));
});
afterAll(() => server.close());
const entraClaims = (client: "azp" | "appid") => ({
  cid: undefined,
  [client]: "0oa1hooks2telephony3",
  scp: undefined,
  roles: ["telephony.send"],
});
beforeEach(() => {
  server.recover();
  server.serveKeys(undefined);
});

describe("a valid token", () => {
  test("the verifier accepts a token from Okta, and returns its age", async () => {
    const authentication = await verify(await server.fetchToken());
    expect(authentication).toEqual({
      ok: true,
      by: "token",
      tokenAgeMs: expect.any(Number) as number,
    });
    const old = signToken(server.key, server.claims({ iat: Math.floor(Date.now() / 1_000) - 100 }));
    const { tokenAgeMs } = (await verify(old)) as { tokenAgeMs: number };
    expect(tokenAgeMs).toBeGreaterThanOrEqual(100_000);
    expect(tokenAgeMs).toBeLessThan(110_000);
  });

  test.each<[string, (now: number) => Record<string, unknown>]>([
    ["with its scope among other scopes", () => ({ scp: ["profile", "telephony.send"] })],
    ["with its scopes in one string", () => ({ scp: "profile telephony.send" })],
    ["with a list of one audience", () => ({ aud: ["https://otp.example.com"] })],
    ["that expired 50 s ago by the app's clock", (now) => ({ exp: now - 50 })],
    ["with a lifetime of an hour", (now) => ({ iat: now, exp: now + 3_600 })],
    ["that is issued in 50 s by the app's clock", (now) => ({ iat: now + 50, exp: now + 300 })],
    ["that is valid in 50 s by the app's clock", (now) => ({ nbf: now + 50 })],
    ["with the claim names of Entra's version 2", () => entraClaims("azp")],
    ["with the claim names of Entra's version 1", () => entraClaims("appid")],
  ])("the verifier accepts a token %s", async (_, changes) => {
    const token = signToken(server.key, server.claims(changes(Math.floor(Date.now() / 1_000))));
    expect(await verify(token)).toMatchObject({ ok: true });
  });

  test("if two keys have the same kid, the verifier accepts tokens that either key signed", async () => {
    const twin = createSigningKey(server.key.kid);
    server.serveKeys({ status: 200, body: { keys: [twin, server.key].map(publicJwk) } });
    for (const key of [twin, server.key])
      expect(await verify(signToken(key, server.claims()))).toMatchObject({ ok: true });
    const unknown = createSigningKey(server.key.kid);
    expect(await verify(signToken(unknown, server.claims()))).toMatchObject({
      ok: false,
      reason: "token-signature",
    });
    const expired = signToken(server.key, server.claims({ exp: 1 }));
    expect(await verify(expired)).toMatchObject({ ok: false, reason: "token-expired" });
  });

  test("the verifier ignores unusable keys, and accepts a token that a usable key signed", async () => {
    const { n, e } = publicJwk(server.key);
    const malformed = [
      null,
      "key",
      {},
      { kid: "a" },
      { kid: "b", kty: "RSA", n: "?", e: 1 },
      { kid: "c", kty: "EC" },
    ];
    const others = [
      { kid: "d", kty: "RSA", n, e, use: "enc" },
      publicJwk(createSigningKey("short", 1024)),
    ];
    server.serveKeys({
      status: 200,
      body: { keys: [...malformed, ...others, publicJwk(server.key)] },
    });
    expect(await verify(await server.fetchToken())).toMatchObject({ ok: true });
    const forEncryption = signToken({ ...server.key, kid: "d" }, server.claims());
    expect(await verify(forEncryption)).toMatchObject({ ok: false, reason: "token-key" });
  });
});

test.each(brokenTokens)(
  "the verifier refuses a token %s, with the reason %s",
  async (_, reason, create) => {
    expect(await verify(create(server))).toMatchObject({ ok: false, reason });
  },
);

describe("an unusable key set", () => {
  const read = () => readKeySet(server.keysUrl, signal);

  test.each<[string, Parameters<AuthorizationServer["serveKeys"]>[0], object]>([
    [
      "that redirects",
      { status: 302, body: {}, headers: { location: "/oauth2/aus4otp5codes6server/v1/keys" } },
      { statusCode: 302 },
    ],
    ["whose server returns 503", { status: 503, body: {} }, { statusCode: 503 }],
    [
      "of over 64 KiB",
      { status: 200, body: { keys: [], more: "x".repeat(65_536) } },
      { code: "too large" },
    ],
    ["without keys", { status: 200, body: { keys: [] } }, { code: "no usable keys" }],
    [
      "with a usable key only after the first 32",
      {
        status: 200,
        body: { keys: [...Array<object>(32).fill({}), publicJwk(createSigningKey("k"))] },
      },
      { code: "no usable keys" },
    ],
    ["that is not an object", { status: 200, body: ["keys"] }, { code: "no usable keys" }],
    [
      "with only a key that is too short",
      { status: 200, body: { keys: [publicJwk(createSigningKey("k", 1024))] } },
      { code: "no usable keys" },
    ],
  ])("after one request, readKeySet rejects a key set %s", async (_, answer, error) => {
    server.serveKeys(answer);
    const before = server.requests.length;
    await expect(read()).rejects.toMatchObject(error);
    expect(server.requests.length).toBe(before + 1);
  });

  test("readKeySet rejects if the server resets the connection or hangs until the timeout", async () => {
    server.fail("down");
    await expect(read()).rejects.toMatchObject({ code: "ECONNRESET" });
    server.fail("hang");
    await expect(readKeySet(server.keysUrl, AbortSignal.timeout(50))).rejects.toMatchObject({
      name: "AbortError",
    });
  });
});
