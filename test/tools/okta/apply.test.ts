import type { OktaOrg } from "../../../tools/sandbox/okta/management/org.ts";
import type { WantedState } from "../../../tools/okta/wanted-state.ts";
import {
  addHook,
  applyTo,
  bySecret,
  changesOf,
  doing,
  planOf,
  startOrg,
  url,
  wantedOf,
  wordsOf,
} from "./applying.ts";

const standby = "https://func-dr.azurewebsites.net/api/okta/telephony";
let org: OktaOrg;
let wanted: WantedState;
const start = async (options: Parameters<typeof startOrg>[0] = {}) => {
  org = await startOrg(options);
  wanted = wantedOf(org);
};
beforeEach(() => start());
const moved = () => ({ ...wanted, hook: { ...bySecret, url: standby } });

test.each([
  ["its name and the app's route", "8x8", standby],
  ["its URL, after someone renamed it", "renamed", url],
])("apply finds our hook by %s", async (_, name, uri) => {
  const id = addHook(org, name, "ACTIVE", { uri });
  expect((await applyTo(org, wanted)).error).toBeUndefined();
  expect(org.hooks.active()).toMatchObject({ id, name: "8x8", channel: { config: { uri: url } } });
});

test.each([
  ["with our name at another route", "8x8", "https://a.test/x"],
  ["with the app's route and another name", "dev", standby],
])("apply leaves a hook alone %s", async (_, name, uri) => {
  addHook(org, name, "ACTIVE", { uri });
  const before = structuredClone(org.hooks.all());
  expect((await applyTo(org, wanted)).error).toBeUndefined();
  expect([org.hooks.all(), changesOf(org)]).toEqual([before, []]);
});

test("apply changes and activates our inactive hook", async () => {
  const ours = addHook(org, "8x8", "INACTIVE", { uri: standby });
  expect((await applyTo(org, wanted)).error).toBeUndefined();
  expect([org.hooks.active()?.id, doing(await planOf(org, wanted))]).toEqual([ours, []]);
});

test("apply points our hook at a stand-by and back, and names both hosts", async () => {
  await applyTo(org, wanted);
  for (const state of [moved(), wanted]) {
    expect((await planOf(org, state)).hook).toMatchObject({ differences: [{ part: "url" }] });
    expect((await applyTo(org, state)).error).toBeUndefined();
    expect(org.hooks.active()?.channel.config.uri).toBe(state.hook.url);
  }
  expect(org.hooks.all()).toHaveLength(1);
});

test("plan blocks every change while a custom telephony provider is on", async () => {
  org.admin.telephonyProviders = [
    { id: "oct1", enabled: true, providerName: "TWILIO", isPrimaryProvider: true },
  ];
  expect((await planOf(org, wanted)).blockers).toEqual([
    expect.stringContaining("custom telephony provider"),
  ]);
});

describe("apply, if our hook worked before and fails after a change,", () => {
  const worked = [true, false, false, true];

  test("undoes the change, and keeps headers", async () => {
    const headers = [{ key: "x-kept", value: "v" }];
    const id = addHook(org, "8x8", "ACTIVE", { uri: url, headers });
    const before = org.hooks.active();
    const { error, said } = await applyTo(org, moved(), { works: worked });
    expect(wordsOf(error)).toMatch(/did not work after the change: .*\. The change was undone\.$/);
    expect(org.hooks.active()).toMatchObject({ id, channel: before?.channel });
    expect(said).toEqual([]);
  });

  test("reports that it does not work after that either", async () => {
    addHook(org, "8x8", "ACTIVE", { uri: url });
    const { error } = await applyTo(org, moved(), { works: [true, false] });
    expect(wordsOf(error)).toMatch(/was undone\. The hook does not work now: Okta: /);
  });

  test("reports both errors if the change cannot be undone", async () => {
    addHook(org, "8x8", "ACTIVE", { uri: url });
    const onBroken = () => {
      org.fail("PUT", "", "400");
    };
    const { error } = await applyTo(org, moved(), { works: worked, onBroken });
    expect(wordsOf(error)).toMatch(
      /did not work after the change: .* Undoing the change failed: Okta: /,
    );
  });

  test.each(["500", "cut after"] as const)(
    "undoes it also if Okta's answer was unclear (%s)",
    async (how) => {
      addHook(org, "8x8", "ACTIVE", { uri: url });
      org.fail("PUT", "", how);
      const { error } = await applyTo(org, moved(), { works: worked });
      expect(wordsOf(error)).toContain("The change was undone.");
      expect(org.hooks.active()).toMatchObject({ channel: { config: { uri: url } } });
    },
  );
});

test("apply makes the change to a hook that never worked, and then fails", async () => {
  addHook(org, "8x8", "ACTIVE", { uri: url });
  const { error } = await applyTo(org, moved(), { works: [false] });
  expect(wordsOf(error)).toContain("The hook is active but does not work: ");
  expect(org.hooks.active()).toMatchObject({ channel: { config: { uri: standby } } });
});

describe("apply, when Okta does not change the URL in place,", () => {
  beforeEach(() => start({ uriIsFixed: true }));

  test("switches to a new hook, and the next plan finds that one", async () => {
    const old = addHook(org, "8x8", "ACTIVE", { uri: url });
    expect((await applyTo(org, moved())).error).toBeUndefined();
    expect([org.hooks.active()?.id === old, org.hooks.all().length]).toEqual([false, 2]);
    expect(doing(await planOf(org, moved()))).toEqual([]);
  });

  test("replaces an inactive hook with a new one", async () => {
    const old = addHook(org, "8x8", "INACTIVE", { uri: url });
    expect((await applyTo(org, moved())).error).toBeUndefined();
    expect([org.hooks.active()?.id === old, doing(await planOf(org, moved()))]).toEqual([
      false,
      [],
    ]);
  });

  test.each([[[true, false]], [[true]]])(
    "activates the old hook again if the new one fails (%j)",
    async (works) => {
      const old = addHook(org, "8x8", "ACTIVE", { uri: url });
      if (works.length === 1) org.fail("POST", "/inlineHooks", "500");
      expect((await applyTo(org, moved(), { works })).error).toBeInstanceOf(Error);
      expect(org.hooks.active()?.id).toBe(old);
    },
  );

  test("waits for the rate limit before it deactivates the old hook, not after", async () => {
    await start({
      uriIsFixed: true,
      rateLimit: { path: "/api/v1/inlineHooks", calls: 3, windowSeconds: 2 },
    });
    const old = addHook(org, "8x8", "ACTIVE", { uri: url });
    const waits: boolean[] = [];
    const onWait = () => waits.push(changesOf(org).some((call) => call.endsWith("/deactivate")));
    const { error } = await applyTo(org, moved(), { onWait });
    expect([error, org.hooks.active()?.id === old, waits[0]]).toEqual([undefined, false, false]);
  });
});
