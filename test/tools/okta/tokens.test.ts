import {
  startAuthorizationServer,
  type AuthorizationServer,
} from "../../../tools/sandbox/okta/authorization-server.ts";
import { hookSecret, startApp, type App } from "../../app.ts";
import { startOkta, type Okta } from "./running-okta.ts";

let server: AuthorizationServer;
let app: App;
let okta: Okta;

const apply = (secret = hookSecret) =>
  okta.okta("apply --env test --yes", { input: `hook=${secret}` });
const type = () => okta.org.hooks.active()?.channel.type;

beforeEach(async () => {
  server = await startAuthorizationServer();
  app = await startApp({ ...server.env, OKTA_HOOK_AUTH: "either" });
  okta = await startOkta(`${app.url}/api/okta/telephony`, { fetchHookToken: server.fetchToken });
  expect(await apply()).toMatchObject({ exitCode: 0 });
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

test("apply changes the active hook from a secret to tokens and back, and verifies both changes", async () => {
  wantTokens();
  const { exitCode, output } = await apply();
  expect([exitCode, type(), output]).toEqual([
    0,
    "OAUTH",
    expect.stringContaining("refused, expired-code"),
  ]);
  expect(server.tokens.length).toBeGreaterThan(0);
  for (const hidden of [...server.tokens, hookSecret]) expect(output).not.toContain(hidden);
  okta.want({});
  expect([(await apply()).exitCode, type()]).toEqual([0, "HTTP"]);
});

test("apply does not change to tokens without the secret that Okta uses now", async () => {
  wantTokens();
  const { exitCode, output } = await apply("");
  expect([exitCode, type(), output]).toEqual([
    1,
    "HTTP",
    expect.stringContaining("Nothing was changed. Hook secret that Okta uses now"),
  ]);
});

test.each<[string, object, boolean]>([
  ["the scope is wrong", { scope: "telephony.read" }, false],
  ["the token endpoint is wrong", { tokenUrl: "http://127.0.0.1:9/token" }, false],
  ["the server requires proof of possession", {}, true],
])(
  "apply restores the hook secret if %s, and verify succeeds",
  async (_, changes, isProofNeeded) => {
    server.requireProof(isProofNeeded);
    wantTokens(changes);
    const { exitCode, output } = await apply();
    expect([exitCode, type(), output]).toEqual([
      1,
      "HTTP",
      expect.stringContaining("The change was undone."),
    ]);
    expect(output).not.toContain(hookSecret);
    okta.want({});
    expect(await okta.okta("verify --env test")).toMatchObject({ exitCode: 0 });
  },
);
