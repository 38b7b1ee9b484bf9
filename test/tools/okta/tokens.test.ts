import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import {
  startAuthorizationServer,
  type AuthorizationServer,
} from "../../../tools/sandbox/okta/authorization-server.ts";
import { faultOfTokenEndpoint } from "../../../tools/okta/token-endpoint.ts";
import { hookSecret, startApp, type App } from "../../app.ts";
import { startOkta, type Okta } from "./running-okta.ts";

describe("npm run okta, when the hook changes from the secret to tokens", () => {
  let server: AuthorizationServer;
  let app: App;
  let okta: Okta;

  beforeEach(async () => {
    server = await startAuthorizationServer();
    app = await startApp({ ...server.env, OKTA_HOOK_AUTH: "either" });
    okta = await startOkta(`${app.url}/api/okta/telephony`, { fetchHookToken: server.fetchToken });
    expect(await okta.okta("apply --env test --yes", { input: hookSecret })).toMatchObject({
      exitCode: 0,
    });
    expect(await okta.okta("verify --env test")).toMatchObject({ exitCode: 0 });
  });
  afterEach(async () => {
    await okta.stop();
    await app.stop();
    await server.close();
  });

  const wantTokens = (changes: object = {}) => {
    const { name, url } = okta.wanted.hook;
    okta.want({
      hook: { name, url, auth: "token", hookKeyId: "HKY1", ...server.credentials, ...changes },
    });
  };

  test("apply changes the active hook to tokens and back, and verify succeeds each time", async () => {
    wantTokens();
    expect(await okta.okta("apply --env test --yes", { input: hookSecret })).toMatchObject({
      exitCode: 0,
    });
    expect(okta.org.hooks.active()?.channel.type).toBe("OAUTH");
    const { exitCode, output } = await okta.okta("verify --env test");
    expect([exitCode, output]).toEqual([0, expect.stringContaining("refused, expired-code")]);
    expect(server.tokens.length).toBeGreaterThan(0);
    for (const hidden of [...server.tokens, hookSecret]) expect(output).not.toContain(hidden);
    okta.want({});
    expect(await okta.okta("apply --env test --yes", { input: hookSecret })).toMatchObject({
      exitCode: 0,
    });
    expect(await okta.okta("verify --env test")).toMatchObject({ exitCode: 0 });
  });

  test("apply changes nothing without the secret that Okta uses at present", async () => {
    wantTokens();
    const { exitCode, output } = await okta.okta("apply --env test --yes");
    expect([exitCode, output]).toEqual([
      1,
      expect.stringContaining("Nothing was changed. Hook secret that Okta uses now"),
    ]);
    expect(okta.org.hooks.active()?.channel.type).toBe("HTTP");
  });

  test.each<[string, object, (() => void) | undefined]>([
    ["the scope is wrong", { scope: "telephony.read" }, undefined],
    ["the client is wrong", { clientId: "0oa9" }, undefined],
    [
      "the server requires proof of possession",
      {},
      () => {
        server.requireProof(true);
      },
    ],
  ])("apply undoes the change if %s, and the old sign-in works", async (_, changes, prepare) => {
    prepare?.();
    wantTokens(changes);
    const { exitCode, output } = await okta.okta("apply --env test --yes", { input: hookSecret });
    expect([exitCode, output]).toEqual([1, expect.stringContaining("The change was undone.")]);
    expect(output).not.toContain(hookSecret);
    expect(okta.org.hooks.active()?.channel.type).toBe("HTTP");
    okta.want({});
    expect(await okta.okta("verify --env test")).toMatchObject({ exitCode: 0 });
    expect(app.eightByEight.messages).toEqual([]);
  });

  test("apply changes nothing if tokenUrl is not a token endpoint", async () => {
    wantTokens({ tokenUrl: okta.wanted.hook.url });
    const { exitCode, output } = await okta.okta("apply --env test --yes", { input: hookSecret });
    expect([exitCode, output]).toEqual([
      1,
      expect.stringContaining("tokenUrl is not a token endpoint"),
    ]);
    expect(okta.org.hooks.active()?.channel.type).toBe("HTTP");
  });
});

test.each<[string, number, object, string]>([
  ["an error in OAuth's format", 401, { error: "invalid_client" }, "no fault"],
  // https://support.okta.com/help/s/article/invalid-client-error-returned-during-client-authentication-failure
  [
    "Okta's error for an unknown client",
    400,
    { errorCode: "invalid_client" },
    "does not know clientId",
  ],
  ["an error of Okta's management API", 401, { errorCode: "E0000005" }, "is not a token endpoint"],
  ["a token without authentication", 200, { access_token: "x" }, "is not a token endpoint"],
])("faultOfTokenEndpoint() judges %s", async (_, status, body, fault) => {
  const server = createServer((_request, response) => {
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const tokenUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/token`;
  const hook = {
    name: "8x8",
    url: tokenUrl,
    auth: "token",
    tokenUrl,
    clientId: "0oa1",
    scope: "s",
    hookKeyId: "h",
  } as const;
  const found = await faultOfTokenEndpoint(hook);
  server.close();
  expect(found ?? "no fault").toContain(fault);
});
