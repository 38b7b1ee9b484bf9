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
beforeEach(async () => {
  org = await startOrg();
  wanted = wantedOf(org);
});
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
  const works = [true, false, false, true];

  test.each([undefined, "500", "cut after"] as const)(
    "undoes the change, and keeps headers (Okta's answer to the change: %s)",
    async (how) => {
      const headers = [{ key: "x-kept", value: "v" }];
      const id = addHook(org, "8x8", "ACTIVE", { uri: url, headers });
      const before = org.hooks.active();
      if (how !== undefined) org.fail("PUT", "", how);
      const { error, said } = await applyTo(org, moved(), { works });
      expect(wordsOf(error)).toMatch(
        /did not work after the change: .*\. The change was undone\.$/,
      );
      expect(org.hooks.active()).toMatchObject({ id, channel: before?.channel });
      expect(said).toEqual([]);
    },
  );

  test("reports both errors if the change cannot be undone", async () => {
    addHook(org, "8x8", "ACTIVE", { uri: url });
    const onBroken = () => {
      org.fail("PUT", "", "400");
    };
    const { error } = await applyTo(org, moved(), { works, onBroken });
    expect(wordsOf(error)).toMatch(
      /did not work after the change: .* Undoing the change failed: Okta: /,
    );
  });
});

test("apply makes the change to a hook that never worked, and then fails", async () => {
  addHook(org, "8x8", "ACTIVE", { uri: url });
  const { error } = await applyTo(org, moved(), { works: [false] });
  expect(wordsOf(error)).toContain("The hook is active but does not work: ");
  expect(org.hooks.active()).toMatchObject({ channel: { config: { uri: standby } } });
});

test("apply names a way out if Okta does not change the URL of a hook", async () => {
  addHook(org, "8x8", "ACTIVE", { uri: url });
  org.fail("PUT", "", "400");
  const { error } = await applyTo(org, moved());
  expect(wordsOf(error)).toMatch(
    /Nothing was changed\. If Okta does not change this hook, write another hook\.name/,
  );
});
