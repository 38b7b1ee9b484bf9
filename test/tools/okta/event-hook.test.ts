import { hookSecret, startApp, type App } from "../../app.ts";
import type { EventHookOptions } from "../../../tools/sandbox/okta/management/event-hooks.ts";
import { addHook } from "./hooks-in-org.ts";
import { startOkta, type Okta } from "./running-okta.ts";
import { apiToken } from "./signed-in.ts";

const eventSecret = "the-event-secret-of-the-tests";
let app: App;
let okta: Okta;
beforeAll(async () => {
  app = await startApp({ OKTA_EVENT_SECRET: eventSecret });
});
afterAll(() => app.stop());
const want = (changes: object = {}) => {
  const url = `${app.url}/api/okta/events`;
  okta.want({ events: { name: "8x8 outcomes", url, filter: true, ...changes } });
};
/** Starts an org with our hook, so that each command changes only the event hook. */
const start = async (options: EventHookOptions = {}) => {
  okta = await startOkta(`${app.url}/api/okta/telephony`, options);
  await run("apply --yes");
  want();
};
afterEach(() => okta.stop());

const run = (args: string, secret = eventSecret) =>
  okta.okta(`${args} --env test`, {
    input: `hook=${hookSecret}\nevent=${secret}`,
    env: { OKTA_API_TOKEN: apiToken },
  });
const apply = async () => (await run("apply --yes")).exitCode;
const plan = async () => (await run("plan")).output;
const hook = () => okta.org.eventHooks.all()[0];

test("apply verifies the event hook after creating it and after each change", async () => {
  await start();
  expect([await apply(), hook(), await plan()]).toMatchObject([
    0,
    { status: "ACTIVE", verificationStatus: "VERIFIED" },
    expect.stringContaining("No differences"),
  ]);
  want({ filter: false });
  expect(await plan()).toContain("    filter: event.eventType ne");
  expect([await apply(), hook()]).toMatchObject([
    0,
    { status: "ACTIVE", verificationStatus: "VERIFIED", events: { filter: null } },
  ]);
});

test("if Okta does not verify a changed event hook, the hook is unverified until the next apply", async () => {
  await start();
  await apply();
  want({ filter: false });
  okta.org.fail("POST", "/verify", "400");
  expect([await apply(), hook()?.verificationStatus]).toEqual([1, "UNVERIFIED"]);
  expect([await apply(), hook()?.verificationStatus]).toEqual([0, "VERIFIED"]);
});

test("plan lists the verification of an event hook that Okta could not verify before", async () => {
  await start();
  want({ url: "http://127.0.0.1:9/api/okta/events" });
  expect([(await run("apply --yes --unproved")).exitCode, await plan()]).toEqual([
    1,
    expect.stringMatching(/\(who\w+\): verify\n/),
  ]);
});

test.each([
  ["that the app rejects", "event=a-wrong-event-secret", "event hook's URL did not accept"],
  ["without a name", eventSecret, "Event secret is missing or invalid."],
])("apply refuses a piped event secret %s, and changes nothing", async (_, input, words) => {
  await start();
  const env = { OKTA_API_TOKEN: apiToken };
  const { exitCode, output } = await okta.okta("apply --yes --env test", { input, env });
  expect([exitCode, okta.org.eventHooks.all(), output]).toEqual([
    1,
    [],
    expect.stringMatching(`Nothing was changed\\. .*${words}`),
  ]);
});

test("apply repairs a wrong event secret in Okta as its message says", async () => {
  await start();
  await run("apply --yes --unproved", "a-wrong-event-secret");
  const { exitCode, output } = await run("apply --yes");
  expect([exitCode, output]).toEqual([
    1,
    expect.stringMatching(/could not verify the URL\..* okta apply --give-secrets --env/),
  ]);
  expect((await run("apply --yes --give-secrets")).exitCode).toBe(0);
  expect(hook()?.verificationStatus).toBe("VERIFIED");
});

test("apply keeps added headers and finds a renamed event hook by its URL", async () => {
  await start();
  await apply();
  Object.assign(hook() ?? {}, { name: "renamed" });
  hook()?.channel.config.headers?.push({ key: "x-team", value: "v" });
  expect(await plan()).toContain("    name: renamed → 8x8 outcomes");
  expect([await apply(), hook()]).toMatchObject([
    0,
    { name: "8x8 outcomes", channel: { config: { headers: [{ key: "x-team", value: "v" }] } } },
  ]);
});

test("apply filters by the name of the phone authenticator, and plan reports a new name", async () => {
  await start();
  await apply();
  okta.org.admin.phoneName = "Telefon d'entreprise";
  expect(await plan()).toContain("    filter: ");
  await apply();
  const [filtered] = hook()?.events.filter?.eventFilterMap ?? [];
  expect(filtered?.condition.expression).toContain("displayName eq 'Telefon d''entreprise'");
});

test("apply changes no event hook with our name at another route, and creates another event hook", async () => {
  await start();
  await apply();
  const [made] = okta.org.eventHooks.all();
  if (made !== undefined) made.channel.config.uri = "https://other.test/events";
  const before = structuredClone(made);
  await apply();
  expect([okta.org.eventHooks.all().length, hook()]).toEqual([2, before]);
});

test("while another app's hook is active, apply changes our event hook without activating it", async () => {
  await start();
  await apply();
  for (const ours of [...okta.org.hooks.all(), ...okta.org.eventHooks.all()])
    ours.status = "INACTIVE";
  addHook(okta.org, "Twilio", "ACTIVE");
  want({ filter: false });
  expect([await apply(), hook()]).toMatchObject([
    2,
    { status: "INACTIVE", verificationStatus: "VERIFIED", events: { filter: null } },
  ]);
});

// Okta does not document its answer if an org has no event hook filters.
test.each(["refused", "left-out"] as const)(
  "if the org has no event hook filters (%s), apply prints how to enable them, and our hook works",
  async (eventFilters) => {
    await start({ eventFilters });
    const { exitCode, output } = await run("apply --yes");
    expect([exitCode, output]).toEqual([
      1,
      expect.stringMatching(
        /Okta reached the hook[^]*filters are early access\. Switch them on under Settings → Features, or set "filter": false/,
      ),
    ]);
  },
);
