import { hookSecret, startApp, type App } from "../../app.ts";
import { addHook } from "./hooks-in-org.ts";
import { startOkta, type Okta } from "./running-okta.ts";
import { apiToken } from "./signed-in.ts";

const standBy = "https://func-dr.azurewebsites.net/api/okta/telephony";
const nowhere = "http://127.0.0.1:9/api/okta/telephony";
let app: App;
let url: string;
let okta: Okta;
beforeAll(async () => {
  app = await startApp();
  url = `${app.url}/api/okta/telephony`;
});
afterAll(() => app.stop());
beforeEach(async () => {
  okta = await startOkta(url);
});
afterEach(() => okta.stop());

const run = (args: string, env: Record<string, string> = {}) =>
  okta.okta(`${args} --env test`, {
    input: `hook=${hookSecret}\nevent=${hookSecret}\n`,
    env: { OKTA_API_TOKEN: apiToken, ...env },
  });
const apply = () => run("apply --yes --unproved");
const wantUrl = (wanted: string) => {
  okta.want({ hook: { ...okta.wanted.hook, url: wanted } });
};

test.each([
  ["finds our hook by its name and the app's route", "8x8", standBy, 0],
  ["finds our hook by its URL, after someone renamed it", "renamed", "", 0],
  ["changes no hook with our name at another route", "8x8", "https://a.test/x", 2],
  ["changes no hook with the app's route and another name", "dev", standBy, 2],
])("apply %s", async (_, name, uri, code) => {
  addHook(okta.org, name, "ACTIVE", { uri: uri || url });
  const before = structuredClone(okta.org.hooks.all());
  const { exitCode, output } = await apply();
  const changed = { id: before[0]?.id, name: "8x8", channel: { config: { uri: url } } };
  expect([exitCode, okta.org.hooks.all()]).toMatchObject([code, code === 0 ? [changed] : before]);
  expect(output).toMatch(
    code === 0
      ? /Okta reached the hook/
      : /^  After activate, codes and [^]*run: npx --no okta-8x8-telephony okta activate --env test\n$/m,
  );
});

test("apply changes and activates our inactive hook, and removes only the header that overrides the secret", async () => {
  const kept = { key: "x-team", value: "v" };
  const headers = [kept, { key: "Authorization", value: "wrong" }];
  const id = addHook(okta.org, "8x8", "INACTIVE", { uri: standBy, headers });
  expect(await apply()).toMatchObject({ exitCode: 0 });
  expect(okta.org.hooks.active()).toMatchObject({ id, channel: { config: { headers: [kept] } } });
});

test("apply gives our hook the URL of a stand-by, then the old URL, and prints both hosts", async () => {
  const dr = await startApp();
  await apply();
  for (const [from, to] of [
    [app.url, dr.url],
    [dr.url, app.url],
  ] as const) {
    wantUrl(`${to}/api/okta/telephony`);
    const { exitCode, output } = await apply();
    expect([exitCode, output]).toEqual([
      0,
      expect.stringContaining(`secret go to ${new URL(from).host} → ${new URL(to).host}`),
    ]);
  }
  expect(okta.org.hooks.all()).toHaveLength(1);
  await dr.stop();
});

test("apply changes nothing while a custom telephony provider is on", async () => {
  okta.org.admin.telephonyProviders = [{ id: "oct1", enabled: true, providerName: "TWILIO" }];
  const { exitCode, output } = await apply();
  expect([exitCode, okta.org.hooks.all()]).toEqual([1, []]);
  expect(output).toMatch(/! A custom telephony provider is on[^]*Nothing was changed\./);
});

describe("if our hook worked before a change and fails after it", () => {
  beforeEach(async () => {
    await apply();
    wantUrl(nowhere);
  });

  test.each([undefined, "500", "cut after"] as const)(
    "apply undoes a change that breaks our hook (failure of the PUT: %s)",
    async (how) => {
      const before = structuredClone(okta.org.hooks.active()?.channel);
      if (how !== undefined) okta.org.fail("PUT", "", how);
      const { exitCode, output } = await apply();
      expect([exitCode, okta.org.hooks.active()?.channel]).toMatchObject([1, before ?? {}]);
      expect(output).toMatch(/did not work after the change: .*\. The change was undone\.\n/);
    },
  );

  test("apply reports both errors if it cannot undo a change that breaks our hook", async () => {
    okta.org.onCall = (calls) => {
      if (okta.org.calls[calls - 1]?.call.startsWith("PUT")) okta.org.fail("PUT", "", "400");
    };
    expect((await apply()).output).toMatch(
      /did not work after the change: .* Undoing the change failed: Okta: /,
    );
  });
});

test("apply keeps its change to a hook that never worked, and reports that the hook does not work", async () => {
  addHook(okta.org, "8x8", "ACTIVE", { uri: standBy });
  wantUrl(nowhere);
  const { exitCode, output } = await apply();
  expect([exitCode, output]).toEqual([
    1,
    expect.stringContaining("The hook is active but does not work: "),
  ]);
  expect(okta.org.hooks.active()?.channel.config.uri).toBe(nowhere);
});

test("plan shows the old and new value of each change, and hides queries and passwords in URLs", async () => {
  const old = "http://okta:s3cr@t@127.0.0.1:9/old/api/okta/telephony";
  addHook(okta.org, "8x8", "ACTIVE", { uri: old });
  const env = { TRUSTED_HOSTS: "func.test,acme.okta.com,old.test,evil.test" };
  const events = { name: "8x8 outcomes", filter: false };
  okta.want({ events: { ...events, url: "https://old.test/api/okta/events" } });
  await run("apply --yes --unproved", env);
  const hook = okta.org.hooks.active();
  Object.assign(hook?.channel.config ?? {}, { uri: old });
  okta.want({
    hook: {
      name: "8x8",
      url: "https://func.test/api/okta/telephony",
      auth: "token",
      tokenUrl: "https://acme.okta.com/oauth2/aus1/v1/token",
      clientId: "0oa2",
      scope: "send",
      hookKeyId: "HKY1",
    },
    events: { ...events, url: "https://evil.test/api/okta/events?code=s3cret" },
  });
  const { output } = await run("plan", env);
  for (const line of [
    "url: http://…@127.0.0.1:9/old/api/okta/telephony → https://func.test/api/okta/telephony",
    "auth: secret → token",
    "clientId: none → 0oa2",
    "tokenUrl: none → https://acme.okta.com/oauth2/aus1/v1/token",
    "url: https://old.test/api/okta/events → https://evil.test/api/okta/events?…",
    "Codes and the hook secret go to 127.0.0.1:9 → func.test",
    "Token requests go to acme.okta.com",
    "Events and the event secret go to old.test → evil.test",
  ])
    expect(output).toContain(line);
  expect(output).not.toMatch(/s3cr/);
});
