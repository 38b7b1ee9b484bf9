import type { Environment, Neighbor } from "../../../tools/check-environment/environment.ts";
import { judge } from "../../../tools/check-environment/judge.ts";
import { rules } from "../../../tools/check-environment/rules.ts";
import { wordsOf } from "./company.ts";

const hookSettings = {
  EIGHT_BY_EIGHT_SMS_SUBACCOUNT: "acme_otp",
  PHONE_POLICY_ALLOWED_COUNTRIES: "DE,GB",
};
const okta = {
  org: "https://acme.okta.com",
  clientId: "0oa1",
  hook: {
    name: "8x8",
    url: "https://otp.acme.test/api/okta/telephony",
    auth: "secret" as const,
    header: "authorization",
  },
};
const names = { environmentName: "prod", workload: "okta8x8", placeholders: "refused" };
const bootstrap = {
  ...names,
  location: "westeurope",
  vaultOperatorsGroupId: "",
  onCallGroupId: "",
  existingGroups: {},
  existingIdentity: {},
  existingRoles: {},
  lock: { kind: "None" },
};
const whereGroupIs = "[resourceGroup().location]";
const addresses = (addressPrefix: string) => ({ mode: "private", addressPrefix });
const subnets = (network: string) => ({
  mode: "existing",
  appSubnetId: `/subscriptions/1/virtualNetworks/${network}/subnets/app`,
  endpointSubnetId: `/subscriptions/1/virtualNetworks/${network}/subnets/endpoints`,
});
const prod = {
  name: "prod",
  stage: "production",
  okta,
  neighbors: [],
  main: {
    ...names,
    identity: "id-okta8x8-prod",
    location: whereGroupIs,
    network: addresses("10.80.0.0/24"),
    hookSettings,
    scale: { alwaysReady: 2 },
    workspaceId: "",
    workspaceName: "",
    alerts: "all",
    standby: false,
    stateTable: false,
  },
  bootstrap,
} satisfies Environment;
const beside: Neighbor = { stage: "production", okta, main: prod.main, bootstrap };

const withMain = (main: Partial<Environment["main"]>): Environment => ({
  ...prod,
  main: { ...prod.main, ...main },
});
const withSettings = (more: Record<string, string>) =>
  withMain({ hookSettings: { ...hookSettings, ...more } });
const withBootstrap = (more: object): Environment => ({
  ...prod,
  bootstrap: { ...bootstrap, ...more },
});
const standby = (
  location: string,
  more: Record<string, string> = {},
  network: Environment["main"]["network"] = addresses("10.81.0.0/24"),
): Environment => ({
  ...withMain({ standby: true, hookSettings: { ...more, ...hookSettings }, network }),
  stage: "standby",
  bootstrap: { ...bootstrap, location },
  neighbors: [beside],
});
const locked = (on: readonly string[] | undefined, workspaceId = "/central"): Environment => ({
  ...withBootstrap({ lock: { kind: "CanNotDelete", on } }),
  main: { ...prod.main, workspaceId },
});

const problems = (environment: Environment, accepted = {}) =>
  wordsOf(judge(environment, accepted), "problem");

/** For each rule, environments that break only this rule. */
const broken: Readonly<Record<string, readonly Environment[]>> = {
  "alerts-on": [withMain({ alerts: "none" })],
  "guard-on": [withSettings({ GUARD_MODE: "Off" })],
  "countries-named": [withMain({ hookSettings: { EIGHT_BY_EIGHT_SMS_SUBACCOUNT: "acme_otp" } })],
  "two-warm-instances": [withMain({ scale: { alwaysReady: 1 } })],
  "standby-by-stage": [withMain({ standby: true }), { ...prod, stage: "standby" }],
  "standby-sends-alike": [standby("northeurope", { REFUSED_ANSWER: "suppress" })],
  "standby-elsewhere": [
    standby("westeurope"),
    standby("West Europe"),
    {
      ...standby("northeurope"),
      neighbors: [{ ...beside, bootstrap: { ...bootstrap, location: "North Europe" } }],
    },
  ],
  "standby-network": [
    standby("northeurope", {}, addresses("10.80.0.128/25")),
    standby("northeurope", {}, { mode: "private" }),
    {
      ...standby("northeurope", {}, subnets("VNET-hub")),
      neighbors: [{ ...beside, main: { ...prod.main, network: subnets("vnet-hub") } }],
    },
  ],
  "known-region": [
    withBootstrap({ location: "west-europe" }),
    { ...withMain({ location: "westeuropa", identity: "" }), bootstrap: undefined },
  ],
  "private-addresses": [
    withMain({ network: addresses("20.1.0.0/24") }),
    withMain({ network: { ...addresses("10.80.0.0/24"), operatorSubnet: "172.32.0.0/28" } }),
  ],
  "roles-given": [{ ...prod, stage: undefined, bootstrap: undefined }],
  "placeholders-refused": [
    withMain({ placeholders: "allowed" }),
    withBootstrap({ placeholders: "allowed" }),
  ],
  "own-name": [{ ...prod, name: "prod2" }],
  "bootstrap-alike": [
    withBootstrap({ environmentName: "dev" }),
    withBootstrap({ workload: "otp" }),
    withBootstrap({ existingIdentity: { app: "id-banks" } }),
    withMain({ identity: "" }),
    withMain({ location: "northeurope" }),
  ],
  "lock-there": [
    locked(undefined),
    locked(["app", "workspace"]),
    {
      ...withBootstrap({ lock: { kind: "CanNotDelete" } }),
      main: { ...prod.main, workspaceName: "log-2" },
    },
  ],
  "own-org": [{ ...prod, stage: "test", neighbors: [beside] }],
  "sends-to-8x8": [
    withSettings({ EIGHT_BY_EIGHT_SMS_URL: "https://sms.8x8.com.acme.test" }),
    withSettings({ EIGHT_BY_EIGHT_SMS_URL: "https://sms.not8x8.com" }),
    withSettings({ EIGHT_BY_EIGHT_VOICE_URL: "https://sms.8x8.com" }),
  ],
};

test.each(rules)(
  "judge() reports only the broken rule $name, unless accepted.json has a reason",
  ({ name, wrong, fix }) => {
    for (const environment of broken[name] ?? [undefined]) {
      if (environment === undefined) throw new Error("No environment here breaks this rule.");
      const advice = typeof fix === "string" ? fix : fix(environment);
      expect(advice).toMatch(/^(?:Remove|Set) .+\.$/);
      expect(problems(environment)).toEqual([`${name}: ${wrong} ${advice}`]);
      const findings = judge(environment, { [name]: "We know." });
      expect(wordsOf(findings, "problem")).toEqual([]);
      expect(wordsOf(findings, "accepted")).toEqual([`${name}: We know.`]);
    }
  },
);

test.each<[string, Environment]>([
  ["production is correct", prod],
  ["a stand-by has production's values in another region", standby("northeurope")],
  ["the lock leaves out the central workspace", locked(["app", "vault"])],
  ["the template's own workspace is locked", locked(undefined, "")],
  [
    "the lock names the workspace",
    {
      ...withBootstrap({ lock: { kind: "CanNotDelete", workspaceName: "log-2" } }),
      main: { ...prod.main, workspaceName: "log-2" },
    },
  ],
  ["main.bicepparam names the bootstrap's region", withMain({ location: "West Europe" })],
  ["production has a public network", withMain({ network: { mode: "public" } })],
  [
    "the SMS URL is 8x8's for a region",
    withSettings({ EIGHT_BY_EIGHT_SMS_URL: "https://sms.8x8.uk" }),
  ],
])("judge() reports no problem if %s", (_, environment) => {
  expect(problems(environment)).toEqual([]);
});

test("judge() reports an unknown rule and a missing reason in accepted.json", () => {
  expect(problems(prod, { "no-such-rule": "We know.", "own-name": " " })).toEqual([
    expect.stringMatching(
      /^accepted\.json: there is no rule no-such-rule\. The rules are: .*\balerts-on, .*\bsends-to-8x8\.$/,
    ),
    "accepted.json: own-name has no reason. Write a reason.",
  ]);
});

test("judge() checks hookSettings with the app's schema, and requires stateTable for feedback", () => {
  expect(
    problems(withSettings({ HOOK_BUDGET_MS: "9000", EIGHT_BY_EIGHT_FEEDBACK: "send" })),
  ).toEqual([
    "hookSettings.HOOK_BUDGET_MS is not a whole number from 500 to 2700.",
    "EIGHT_BY_EIGHT_FEEDBACK=send needs the state table. Set stateTable to true.",
  ]);
});

test("judge() does not warn about an allowed country without limits, because main.bicep refuses it", () => {
  const enforced = withSettings({ GUARD_MODE: "enforce", GUARD_COUNTRY_LIMITS: '{"GB":{}}' });
  expect(wordsOf(judge(enforced, {}), "warning")).toEqual([]);
});

test("judge() warns about an allowed country that requires a registered sender", () => {
  const singapore = { PHONE_POLICY_ALLOWED_COUNTRIES: "SG", EIGHT_BY_EIGHT_SMS_SENDER: "Acme" };
  expect(wordsOf(judge(withSettings(singapore), {}), "warning")).toEqual([
    expect.stringMatching(/^The sender in hookSettings has no entry for SG, /),
  ]);
});
