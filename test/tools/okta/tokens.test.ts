import {
  startAuthorizationServer,
  type AuthorizationServer,
} from "../../../tools/sandbox/okta/authorization-server.ts";
import { hookSecret, startApp, type App } from "../../app.ts";
import { startOkta, type Okta } from "./running-okta.ts";

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
  ["the token endpoint is wrong", { tokenUrl: "http://127.0.0.1:9/token" }, undefined],
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
