import type { Environment, Neighbor } from "../../../tools/check-environment/environment.ts";
import { judge } from "../../../tools/check-environment/judge.ts";
import { rules } from "../../../tools/check-environment/rules.ts";
import { read } from "../../documents/markdown.ts";
import { wordsOf } from "./company.ts";

const hookSettings = {
  EIGHT_BY_EIGHT_SMS_SUBACCOUNT: "acme_otp",
  PHONE_POLICY_ALLOWED_COUNTRIES: "DE,GB",
};
const reversed = {
  PHONE_POLICY_ALLOWED_COUNTRIES: "DE,GB",
  EIGHT_BY_EIGHT_SMS_SUBACCOUNT: "acme_otp",
};
const blocked = { EIGHT_BY_EIGHT_SMS_SUBACCOUNT: "acme_otp", PHONE_POLICY_BLOCKED_COUNTRIES: "RU" };
const app = "https://func-okta8x8-prod-abc123-h4sh.westeurope-01.azurewebsites.net";
const hook = {
  name: "8x8",
  url: `${app}/api/okta/telephony`,
  auth: "secret" as const,
  header: "authorization",
};
const okta = {
  org: "https://acme.okta.com",
  clientId: "0oa1",
  hook,
  phone: { sms: true, voice: false, allowedFor: "any" as const },
};
const names = {
  environmentName: "prod",
  workload: "okta8x8",
  location: "westeurope",
  placeholders: "refused",
};
const scale = { alwaysReady: 2, concurrency: 100, memoryMB: 2048 };
const groups = { ...names, vaultOperatorsGroupId: "writers", onCallGroupId: "on call" };

const prod = {
  name: "prod",
  stage: "production",
  okta,
  neighbors: [],
  main: {
    ...names,
    location: "[resourceGroup().location]",
    identity: "id-okta8x8-prod",
    hookSettings,
    scale,
    zoneRedundant: true,
    dailyCapGb: 50,
    network: {},
    purgeProtection: true,
    alerts: "all",
    standby: false,
    stateTable: false,
  },
  bootstrap: groups,
} satisfies Environment;
const beside: Neighbor = { stage: "production", okta, main: prod.main, bootstrap: groups };

const withMain = (main: Partial<Environment["main"]>): Environment => ({
  ...prod,
  main: { ...prod.main, ...main },
});
const withSettings = (more: Record<string, string>) =>
  withMain({ hookSettings: { ...hookSettings, ...more } });
const withHook = (more: object): Environment => ({
  ...prod,
  okta: { ...okta, hook: { ...hook, ...more } },
});
const standby = (bootstrap: object, settings: object = {}, all = hookSettings): Environment => ({
  ...withMain({ standby: true, hookSettings: { ...all, ...settings } }),
  stage: "standby",
  bootstrap: { ...groups, ...bootstrap },
  neighbors: [beside],
});
const asTest = (environment: Environment): Environment => ({ ...environment, stage: "test" });
const token = {
  OKTA_TOKEN_ISSUER: "https://acme.okta.com/oauth2/aus1",
  OKTA_TOKEN_AUDIENCE: "https://otp.acme.test",
  OKTA_TOKEN_CLIENT_ID: "0oa2",
  OKTA_TOKEN_SCOPE: "telephony.send",
};
const oneSubnet = "/subscriptions/0/virtualNetworks/vnet/subnets/app";

const problems = (environment: Environment, accepted = {}) =>
  wordsOf(judge(environment, accepted), "problem");

const documented = read("docs/parameters.md");

/** Environments that differ from their bootstrap.bicepparam, each with the expected advice. */
const differing: readonly (readonly [Environment, string])[] = [
  [
    { ...prod, bootstrap: { ...groups, environmentName: "dev" } },
    "environmentName to dev, identity to id-okta8x8-dev",
  ],
  [
    { ...prod, bootstrap: { ...groups, workload: "otp" } },
    "workload to otp, identity to id-otp-prod",
  ],
  [withMain({ location: "northeurope" }), "location to westeurope"],
  [withMain({ identity: "" }), "identity to id-okta8x8-prod"],
  [
    { ...prod, bootstrap: { ...groups, existingIdentity: { app: "id-banks" } } },
    "identity to id-banks",
  ],
];

test.each(differing)(
  "the rule bootstrap-alike names each value that differs (%#)",
  (environment, advice) => {
    expect(problems(environment)).toEqual([
      expect.stringContaining(` to match bootstrap.bicepparam: ${advice}.`),
    ]);
  },
);

test("the rule known-region suggests the region with the nearest name", () => {
  const moved = {
    ...withMain({ location: "brazil-south" }),
    bootstrap: { ...groups, location: "brazil-south" },
  };
  expect(problems(moved)).toEqual([
    expect.stringContaining(" nearest to brazil-south is brazilsouth."),
  ]);
});

const broken: Readonly<Record<string, readonly Environment[]>> = {
  "alerts-on": [withMain({ alerts: "none" })],
  "guard-on": [withSettings({ GUARD_MODE: "Off" })],
  "countries-named": [withMain({ hookSettings: { EIGHT_BY_EIGHT_SMS_SUBACCOUNT: "acme_otp" } })],
  "secret-ages": [
    withSettings({ SECRET_MAX_AGE_MINUTES: "61" }),
    withSettings({ SECRET_OUTAGE_HOURS: "7" }),
    withSettings({ SECRET_OUTAGE_HOURS: "169" }),
  ],
  "purge-protection": [withMain({ purgeProtection: false })],
  "two-groups": [{ ...prod, bootstrap: { ...groups, onCallGroupId: "writers" } }],
  "two-warm-instances": [withMain({ scale: { ...scale, alwaysReady: 1 } })],
  "standby-by-stage": [withMain({ standby: true }), { ...prod, stage: "standby" }],
  "standby-sends-alike": [standby({ location: "northeurope" }, { REFUSED_ANSWER: "suppress" })],
  "standby-elsewhere": [standby({}), standby({ location: "West Europe" })],
  "placeholders-refused": [
    withMain({ placeholders: "allowed" }),
    { ...prod, bootstrap: { ...groups, placeholders: "allowed" } },
  ],
  "own-name": [{ ...prod, name: "prod2" }],
  "plain-names": ["ok_ta", "ok-ta", "OKTA"].map((workload) => ({
    ...withMain({ workload, identity: `id-${workload}-prod` }),
    bootstrap: { ...groups, workload },
    okta: undefined,
  })),
  "bootstrap-alike": differing.map(([environment]) => environment),
  "known-region": [{ ...prod, bootstrap: { ...groups, location: "moonbase" } }],
  "flex-region": [{ ...prod, bootstrap: { ...groups, location: "switzerlandwest" } }],
  "zones-there": [{ ...prod, bootstrap: { ...groups, location: "West US" } }],
  "cap-low": [withMain({ dailyCapGb: 51 })],
  "concurrency-fits": [
    withMain({ scale: { ...scale, memoryMB: 512, concurrency: 26 } }),
    withMain({ scale: { ...scale, concurrency: 101 } }),
    withMain({ scale: { ...scale, memoryMB: 4096, concurrency: 201 } }),
  ],
  "sms-countries": ["999", "46"].map((countryCode) =>
    withMain({ pageReceivers: { sms: [{ countryCode: "49" }, { countryCode }] } }),
  ),
  "one-network": [
    withMain({
      network: {
        appSubnetId: oneSubnet,
        endpointSubnetId: oneSubnet.replace("vnet", "hub").replace("app", "pep"),
      },
    }),
  ],
  "vault-reachable": [
    withMain({
      network: { appSubnetId: oneSubnet, endpointSubnetId: oneSubnet.replace("vnet", "VNET") },
    }),
  ],
  "private-addresses": [withMain({ network: { addressPrefix: "8.8.0.0/16" } })],
  "own-app": [
    withHook({ url: hook.url.replace("-prod-", "-dev-") }),
    {
      ...prod,
      okta: {
        ...okta,
        events: {
          name: "used",
          url: `${app.replace("-prod-", "-dr-")}/api/okta/events`,
          filter: true,
        },
      },
    },
  ],
  "own-org": [
    asTest({ ...prod, neighbors: [beside] }),
    { ...prod, stage: undefined, neighbors: [beside] },
  ],
  "sign-in-alike": [
    withHook({ header: "x-hook" }),
    withSettings({ OKTA_AUTH_HEADER: "x-hook" }),
    withSettings({ OKTA_HOOK_AUTH: "token", ...token }),
    withHook({ auth: "token" }),
  ],
  "sends-to-8x8": [
    withSettings({ EIGHT_BY_EIGHT_SMS_URL: "https://sms.8x8.com.acme.test" }),
    withSettings({ EIGHT_BY_EIGHT_SMS_URL: "https://sms.not8x8.com" }),
    withSettings({ EIGHT_BY_EIGHT_SMS_URL: "https://sms.eu.8x8.com" }),
    withSettings({ EIGHT_BY_EIGHT_VOICE_URL: "https://voice.us.8x8.com" }),
    withSettings({ EIGHT_BY_EIGHT_VOICE_URL: "https://sms.8x8.com" }),
    withSettings({ EIGHT_BY_EIGHT_VOICE_URL: "http://127.0.0.1:7072" }),
  ],
};

test("a correct production environment breaks no rule", () => {
  expect(problems(prod)).toEqual([]);
});

test.each(rules)(
  "judge() reports only $name, with advice, until accepted.json gives a reason",
  ({ name, wrong, fix, isWarning }) => {
    expect(wrong).toMatch(/ .+\.$/);
    for (const environment of broken[name] ?? [undefined]) {
      if (environment === undefined) throw new Error("No environment here breaks this rule.");
      const advice = typeof fix === "string" ? fix : fix(environment);
      expect(advice).toMatch(/^(?:Give|Remove|Set) .+\.$/);
      const kind = isWarning ? "warning" : "problem";
      expect(wordsOf(judge(environment, {}), kind)).toEqual([`${name}: ${wrong} ${advice}`]);
      expect(problems(environment)).toHaveLength(isWarning ? 0 : 1);
      const findings = judge(environment, { [name]: "We know." });
      expect(wordsOf(findings, "problem")).toEqual([]);
      expect(wordsOf(findings, "accepted")).toEqual([`${name}: We know.`]);
    }
  },
);

test.each(rules)("the rule $name has the stages of docs/parameters.md", ({ name, stages }) => {
  const [, live = "", everywhere = ""] =
    /^Rules for production([^]+)Everywhere:([^]+?)\n\n/m.exec(documented) ?? [];
  expect(stages.includes("test") ? everywhere : live).toContain(`\`${name}\``);
  const onlyLive = stages.includes("test") ? [] : (broken[name] ?? []);
  for (const environment of onlyLive)
    expect(problems({ ...asTest(environment), neighbors: [] })).toEqual([]);
});

const tokens = withSettings({ OKTA_HOOK_AUTH: "token", ...token });
test.each<[string, Environment]>([
  [
    "a stand-by has production's settings in another order",
    standby({ location: "northeurope" }, {}, reversed),
  ],
  ["only blocked countries are named", withMain({ hookSettings: blocked })],
  ["okta.json has the header in another case", withHook({ header: "Authorization" })],
  [
    "the subnets are in one network, in two spellings",
    withMain({
      network: {
        appSubnetId: oneSubnet,
        endpointSubnetId: oneSubnet.replace("vnet", "VNET").replace("app", "pep"),
      },
    }),
  ],
  ...[512, 2048, 4096].map((memoryMB): [string, Environment] => [
    `the concurrency fits ${memoryMB} MB of memory`,
    withMain({ scale: { ...scale, memoryMB, concurrency: memoryMB === 512 ? 25 : 100 } }),
  ]),
  ["Okta calls Front Door's host", withHook({ url: "https://otp.acme.test/api/okta/telephony" })],
  [
    "Okta uses the secret, and the app accepts the secret or tokens",
    withSettings({ OKTA_HOOK_AUTH: "either", ...token }),
  ],
  [
    "Okta uses tokens and the app accepts only tokens",
    { ...tokens, okta: withHook({ auth: "token" }).okta },
  ],
  ["Okta is set up by hand", { ...withSettings({ OKTA_AUTH_HEADER: "x-hook" }), okta: undefined }],
  [
    "bootstrap.bicepparam names an existing identity",
    {
      ...withMain({ identity: "id-banks" }),
      bootstrap: { ...groups, existingIdentity: { app: "id-banks" } },
    },
  ],
  ["the two files spell the region differently", withMain({ location: "West Europe" })],
  ...["https://sms.us.8x8.com", "https://sms.8x8.uk", "https://sms.8x8.id"].map(
    (url): [string, Environment] => [
      `the SMS URL is ${url}`,
      withSettings({
        EIGHT_BY_EIGHT_SMS_URL: url,
        EIGHT_BY_EIGHT_VOICE_URL: "https://voice.8x8.com",
      }),
    ],
  ),
  [
    "the secret ages are at their limits",
    withSettings({ SECRET_MAX_AGE_MINUTES: "60", SECRET_OUTAGE_HOURS: "8" }),
  ],
  ["a stand-by has production's org", { ...standby({ location: "northeurope" }), okta }],
])("no rule is broken if %s", (_, environment) => {
  expect(problems(environment)).toEqual([]);
});

describe("accepted.json", () => {
  it("causes a problem if it names an unknown rule or gives no reason", () => {
    expect(problems(prod, { "no-such-rule": "We know." })).toEqual([
      "accepted.json: there is no rule no-such-rule. docs/parameters.md lists the rules.",
    ]);
    expect(problems(withMain({ purgeProtection: false }), { "purge-protection": " " })).toEqual([
      "accepted.json: purge-protection has no reason. Write one.",
      expect.stringMatching(/^purge-protection: /) as string,
    ]);
  });

  it("causes a warning if it accepts a rule that no value breaks", () => {
    const findings = judge(prod, { "purge-protection": "We know." });
    expect(findings).toEqual([
      {
        kind: "warning",
        words: "accepted.json: no value breaks the rule purge-protection. Remove its line.",
      },
    ]);
  });
});

describe("hookSettings", () => {
  it("are checked with the app's own schema, and errors name the setting", () => {
    expect(
      problems(
        withSettings({ EIGHT_BY_EIGHT_SMS_SENDER: "ACME Bank GmbH", HOOK_BUDGET_MS: "9000" }),
      ),
    ).toEqual([
      "hookSettings.HOOK_BUDGET_MS is not a whole number from 500 to 2700.",
      "hookSettings.EIGHT_BY_EIGHT_SMS_SENDER is not a sender (1 to 11 letters and digits, or a number).",
    ]);
    expect(problems(withSettings({ PHONE_POLICY_BLOCKED_COUNTRIES: "RU" }))).toEqual([
      expect.stringContaining(
        "hookSettings.PHONE_POLICY_BLOCKED_COUNTRIES is set beside PHONE_POLICY_ALLOWED",
      ) as string,
    ]);
  });

  it("need stateTable for EIGHT_BY_EIGHT_FEEDBACK=send", () => {
    expect(problems(withSettings({ EIGHT_BY_EIGHT_FEEDBACK: "send" }))).toEqual([
      "EIGHT_BY_EIGHT_FEEDBACK=send needs the state table. Set stateTable to true.",
    ]);
    const { main } = withSettings({ EIGHT_BY_EIGHT_FEEDBACK: "send" });
    expect(problems(withMain({ ...main, stateTable: true }))).toEqual([]);
  });

  it("cause a warning if an allowed country requires a registered sender and has no entry", () => {
    const findings = judge(
      withSettings({ PHONE_POLICY_ALLOWED_COUNTRIES: "SG", EIGHT_BY_EIGHT_SMS_SENDER: "Acme" }),
      {},
    );
    expect(findings).toEqual([
      {
        kind: "warning",
        words: expect.stringMatching(
          /^hookSettings\.EIGHT_BY_EIGHT_SMS_SENDER has no entry for SG, where you must register a name, with SSIR.*\.$/,
        ) as string,
      },
    ]);
  });
});
