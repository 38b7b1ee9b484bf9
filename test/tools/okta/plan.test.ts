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
const words = async () => describePlan(await planOf(org, wanted), "test");

test.each(["401", "403"] as const)(
  "plan lists the changes and the missing scope if Okta answers %s for telephony providers",
  async (how) => {
    org.fail("GET", "/telephony-providers", how);
    expect(await words()).toMatch(
      /~ telephony hook: create[^]*\? The scope okta\.customTelephonyProvider\.read is missing/,
    );
  },
);

test("plan shows each value that changes, old and new, and each host, without query and password", async () => {
  const old = "http://okta:s3cr@t@127.0.0.1:9/old/api/okta/telephony";
  addHook(org, "8x8", "ACTIVE", { uri: old });
  const events = { name: "8x8 outcomes", filter: false };
  wanted = { ...wanted, events: { ...events, url: "https://old.test/api/okta/events" } };
  await applyTo(org, { ...wanted, hook: { ...bySecret, header: "x-key", url: old } });
  wanted = {
    ...wanted,
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
  };
  const said = await words();
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
    expect(said).toContain(line);
  expect(said).not.toMatch(/s3cr/);
});

test("plan says that codes go to our host only after activate while another hook is active", async () => {
  addHook(org, "Twilio", "ACTIVE");
  expect(await words()).toMatch(/^  After activate, codes and the hook secret go to /m);
});

test("apply keeps extra headers of our hook, and removes one that hides the secret", async () => {
  const kept = { key: "x-team", value: "team-value" };
  const headers = [kept, { key: "Authorization", value: "wrong" }];
  addHook(org, "8x8 (old)", "ACTIVE", { uri: url, headers });
  expect(await words()).not.toContain("team-value");
  await applyTo(org, wanted);
  expect(org.hooks.active()).toMatchObject({
    name: "8x8",
    channel: { config: { headers: [kept] } },
  });
  expect(doing(await planOf(org, wanted))).toEqual([]);
});
