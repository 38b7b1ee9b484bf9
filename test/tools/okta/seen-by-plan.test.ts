import type { OktaOrg } from "../../../tools/sandbox/okta/management/org.ts";
import { describe as inWords } from "../../../tools/okta/plan-words.ts";
import type { WantedState } from "../../../tools/okta/wanted-state.ts";
import { addHook, applyTo, bySecret, doing, planOf, startOrg, url, wantedOf } from "./applying.ts";

let org: OktaOrg;
let wanted: WantedState;
beforeEach(async () => {
  org = await startOrg();
  wanted = wantedOf(org);
});
const words = async (takeOver?: string) => inWords(await planOf(org, wanted, takeOver));

describe("policies", () => {
  const policy = (settings: object) => ({
    id: "00p1",
    status: "ACTIVE",
    type: "MFA_ENROLL",
    name: "Default",
    settings,
  });
  const rule = (verificationMethod: object) => ({
    id: "0pr1",
    status: "ACTIVE",
    type: "ACCESS_POLICY",
    name: "Catch-all",
    actions: { appSignOn: { access: "ALLOW", verificationMethod } },
  });
  const chainOf = (...keys: string[]): object =>
    keys
      .map((key) => ({
        authenticationMethods: [{ key, method: key === "phone_number" ? "sms" : "password" }],
      }))
      .reduceRight((next, step) => ({ ...step, next: [next] }));
  const enroll = { self: "OPTIONAL" };

  test.each([
    ["phone_number", true],
    ["okta_sms", true],
    ["okta_email", false],
  ])("in the shape of Classic Engine are read: %s", async (key, offers) => {
    org.admin.enrollmentPolicies = [policy({ type: "FACTORS", factors: { [key]: { enroll } } })];
    expect((await planOf(org, wanted)).admin.length === 0).toBe(offers);
  });

  test.each([
    ["the phone as its second step", ["okta_password", "phone_number"], true],
    ["a password alone", ["okta_password"], false],
    ["another possession factor", ["okta_password", "okta_verify"], false],
  ])("with chains of methods ask for %s", async (_, keys, asks) => {
    const chains = [chainOf(...keys)];
    org.admin.accessPolicies = [
      { id: "rst1", status: "ACTIVE", rules: [rule({ type: "AUTH_METHOD_CHAIN", chains })] },
    ];
    expect((await planOf(org, wanted)).admin.length === 0).toBe(asks);
  });
});

test.each(["401", "403"] as const)(
  "telephony providers that may not be seen (%s) are said, and the rest is planned",
  async (how) => {
    org.fail("GET", "/telephony-providers", how);
    expect(await words()).toMatch(
      /~ telephony hook: make it[^]*\? It cannot be seen whether a telephony provider/,
    );
  },
);

describe("headers that Okta sends beside the secret", () => {
  test("are named, kept through a change, and no difference", async () => {
    addHook(org, "8x8", "ACTIVE", { headers: [{ key: "x-team", value: "of-somebody" }] });
    await applyTo(org, wanted);
    expect(org.hooks.active()?.channel.config.headers).toEqual([
      { key: "x-team", value: "of-somebody" },
    ]);
    expect(await words()).toContain("? Okta sends headers beside the hook's own: x-team.");
    expect(await words()).not.toContain("of-somebody");
    expect(doing(await planOf(org, wanted))).toEqual([]);
  });

  test("are a difference where one is named as the secret's, and then it goes", async () => {
    addHook(org, "8x8", "ACTIVE", {
      uri: url,
      headers: [{ key: "authorization", value: "wrong" }],
    });
    expect((await planOf(org, wanted)).changes[0]).toMatchObject({
      parts: expect.arrayContaining(["headers"]) as [],
    });
    await applyTo(org, wanted);
    expect([org.hooks.active()?.channel.config.headers, doing(await planOf(org, wanted))]).toEqual([
      [],
      [],
    ]);
  });

  test("of somebody's hook go when it is taken over, which is said first", async () => {
    const other = addHook(org, "of somebody", "ACTIVE", {
      headers: [{ key: "x-theirs", value: "of-somebody" }],
    });
    expect(await words(other)).toContain("in place, and its headers go: x-theirs");
    await applyTo(org, wanted, { takeOver: other });
    expect(org.hooks.active()?.channel.config.headers).toEqual([]);
  });
});

test("the org is named, and a URL that changes, as it was and as it will be, without a query or a user", async () => {
  addHook(org, "8x8", "ACTIVE", { uri: "http://okta:s3cr@t@127.0.0.1:9/old?code=s3cret" });
  expect(await words()).toMatch(
    new RegExp(
      `^Org ${org.url}, hook ${url}\n~ telephony hook .* \\(http://…@127\\.0\\.0\\.1:9/old\\?… → ${url}\\)`,
    ),
  );
});

test("a hook of ours that somebody renamed is known by its URL, and has its name again", async () => {
  const id = addHook(org, "8x8 (old)", "ACTIVE", { uri: url });
  expect((await planOf(org, wanted)).changes[0]).toMatchObject({ do: "replace-hook", id });
  expect((await applyTo(org, wanted)).error).toBeUndefined();
  expect([org.hooks.all().length, org.hooks.active()?.name]).toEqual([1, "8x8"]);
});

test("a phone that the org calls otherwise keeps its name, whatever else is changed", async () => {
  await applyTo(org, wanted);
  org.phone.rename("Telefon");
  wanted = { ...wanted, hook: bySecret, phone: { ...wanted.phone, allowedFor: "sso" } };
  expect((await applyTo(org, wanted)).error).toBeUndefined();
  expect(org.phone.state()).toMatchObject({ name: "Telefon", allowedFor: "sso" });
});

test("a phone that is yet to be made is called as the file says", async () => {
  wanted = { ...wanted, phone: { ...wanted.phone, name: "Telefon" } };
  await applyTo(org, wanted);
  expect([org.phone.state()?.name, doing(await planOf(org, wanted))]).toEqual(["Telefon", []]);
});
