import type { OktaOrg } from "../../../tools/sandbox/okta/management/org.ts";
import { describe as describePlan } from "../../../tools/okta/describe-plan.ts";
import type { WantedState } from "../../../tools/okta/wanted-state.ts";
import { addHook, applyTo, bySecret, doing, planOf, startOrg, url, wantedOf } from "./applying.ts";

let org: OktaOrg;
let wanted: WantedState;
beforeEach(async () => {
  org = await startOrg();
  wanted = wantedOf(org);
});
const words = async (takeOver?: string) => describePlan(await planOf(org, wanted, takeOver));

describe("plan checks that policies offer the phone", () => {
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
  ])("in Classic Engine's format, with the factor %s", async (key, offers) => {
    org.admin.enrollmentPolicies = [policy({ type: "FACTORS", factors: { [key]: { enroll } } })];
    expect((await planOf(org, wanted)).admin.length === 0).toBe(offers);
  });

  test.each([
    ["the phone as the second step", ["okta_password", "phone_number"], true],
    ["a password alone", ["okta_password"], false],
    ["another possession factor", ["okta_password", "okta_verify"], false],
  ])("in a chain of methods that has %s", async (_, keys, asks) => {
    const chains = [chainOf(...keys)];
    org.admin.accessPolicies = [
      { id: "rst1", status: "ACTIVE", rules: [rule({ type: "AUTH_METHOD_CHAIN", chains })] },
    ];
    expect((await planOf(org, wanted)).admin.length === 0).toBe(asks);
  });
});

test.each(["401", "403"] as const)(
  "plan lists the changes and the missing scope if Okta answers %s for telephony providers",
  async (how) => {
    org.fail("GET", "/telephony-providers", how);
    expect(await words()).toMatch(
      /~ telephony hook: create[^]*\? The scope okta\.customTelephonyProvider\.read is missing/,
    );
  },
);

describe("extra headers of a hook", () => {
  test("are kept, named without values, and not counted as a difference", async () => {
    addHook(org, "8x8", "ACTIVE", { headers: [{ key: "x-team", value: "team-value" }] });
    await applyTo(org, wanted);
    expect(org.hooks.active()?.channel.config.headers).toEqual([
      { key: "x-team", value: "team-value" },
    ]);
    expect(await words()).toContain("? Okta sends extra headers with each request: x-team.");
    expect(await words()).not.toContain("team-value");
    expect(doing(await planOf(org, wanted))).toEqual([]);
  });

  test("with the name of the secret's header are a difference, and apply removes them", async () => {
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

  test("are removed when apply takes over another app's hook, and plan says so", async () => {
    const other = addHook(org, "of another app", "ACTIVE", {
      headers: [{ key: "x-theirs", value: "team-value" }],
    });
    expect(await words(other)).toContain(
      "change into this app's hook, and remove its headers x-theirs",
    );
    await applyTo(org, wanted, { takeOver: other });
    expect(org.hooks.active()?.channel.config.headers).toEqual([]);
  });
});

test("plan prints the org and the old and new URL, without query and password", async () => {
  addHook(org, "8x8", "ACTIVE", { uri: "http://okta:s3cr@t@127.0.0.1:9/old?code=s3cret" });
  expect(await words()).toMatch(
    new RegExp(
      `^Org ${org.url}, hook ${url}\n~ telephony hook .* \\(http://…@127\\.0\\.0\\.1:9/old\\?… → ${url}\\)`,
    ),
  );
});

test("apply finds a renamed hook by its URL and restores the name", async () => {
  const id = addHook(org, "8x8 (old)", "ACTIVE", { uri: url });
  expect((await planOf(org, wanted)).changes[0]).toMatchObject({ do: "replace-hook", id });
  expect((await applyTo(org, wanted)).error).toBeUndefined();
  expect([org.hooks.all().length, org.hooks.active()?.name]).toEqual([1, "8x8"]);
});

test("apply keeps the phone authenticator's name when its allowed use changes", async () => {
  await applyTo(org, wanted);
  org.phone.rename("Telefon");
  wanted = { ...wanted, hook: bySecret, phone: { ...wanted.phone, allowedFor: "sso" } };
  expect((await applyTo(org, wanted)).error).toBeUndefined();
  expect(org.phone.state()).toMatchObject({ name: "Telefon", allowedFor: "sso" });
});

test("apply gives a new phone authenticator the name in okta.json", async () => {
  wanted = { ...wanted, phone: { ...wanted.phone, name: "Telefon" } };
  await applyTo(org, wanted);
  expect([org.phone.state()?.name, doing(await planOf(org, wanted))]).toEqual(["Telefon", []]);
});
