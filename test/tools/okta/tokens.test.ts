import { startAuthorizationServer, type AuthorizationServer } from "../../../sandbox/okta/authorization-server.ts";
import { hookSecret, startBridge, type Bridge } from "../../bridge.ts";
import { startOkta, type Okta } from "./running-okta.ts";

describe("npm run okta, where the hook changes over from the secret to tokens", () => {
  let server: AuthorizationServer;
  let bridge: Bridge;
  let okta: Okta;

  beforeEach(async () => {
    server = await startAuthorizationServer();
    bridge = await startBridge({ ...server.env, OKTA_HOOK_AUTH: "either" });
    okta = await startOkta(`${bridge.app.url}/api/okta/telephony`, { fetchHookToken: server.fetchToken });
    expect(await okta.okta("apply --env test --yes", { input: hookSecret })).toMatchObject({ exitCode: 0 });
    expect(await okta.okta("verify --env test")).toMatchObject({ exitCode: 0 });
  });
  afterEach(async () => {
    await okta.stop();
    await bridge.stop();
    await server.close();
  });

  const wantTokens = (changes: object = {}) => {
    const { name, url } = okta.wanted.hook;
    okta.want({ hook: { name, url, auth: "token", hookKeyId: "HKY1", ...server.credentials, ...changes } });
  };

  test("apply changes the active hook, and verify proves it from Okta's token to our answer; back again as well", async () => {
    wantTokens();
    expect(await okta.okta("apply --env test --yes")).toMatchObject({ exitCode: 0 });
    expect(okta.org.hooks.active()?.channel.type).toBe("OAUTH");
    const { exitCode, output } = await okta.okta("verify --env test");
    expect([exitCode, output]).toEqual([0, expect.stringContaining("refused, expired-code")]);
    expect(server.tokens.length).toBeGreaterThan(0);
    for (const hidden of [...server.tokens, hookSecret]) expect(output).not.toContain(hidden);
    okta.want({});
    expect(await okta.okta("apply --env test --yes", { input: hookSecret })).toMatchObject({ exitCode: 0 });
    expect(await okta.okta("verify --env test")).toMatchObject({ exitCode: 0 });
  });

  test("verify fails where no token is given out: proof of possession is ticked, or the scope is another", async () => {
    wantTokens();
    await okta.okta("apply --env test --yes");
    server.requireProof(true);
    expect(await okta.okta("verify --env test")).toMatchObject({ exitCode: 1 });
    server.requireProof(false);
    wantTokens({ scope: "telephony.read" });
    await okta.okta("apply --env test --yes");
    expect(await okta.okta("verify --env test")).toMatchObject({ exitCode: 1 });
    expect(bridge.eightByEight.messages).toEqual([]);
  });
});
