import { destinationsOf, grantsOf, type Values } from "../../../tools/grants/grants.ts";
import { findUntrusted } from "../../../tools/grants/trusted-hosts.ts";

const gitHub = { owner: "acme", ownerId: 1, name: "otp", id: 2, subject: "ids" as const };
const bootstrap: NonNullable<Values["bootstrap"]> = {
  environmentName: "prod",
  workload: "okta8x8",
  location: "westeurope",
  placeholders: "refused",
  gitHub,
  vaultOperatorsGroupId: "group-1",
  onCallGroupId: "",
  existingGroups: {},
  existingIdentity: {},
  existingRoles: {},
  lock: { kind: "None" },
};
const main = {
  identity: "id-okta8x8-prod",
  workspaceId: "",
  hookSettings: { EIGHT_BY_EIGHT_SMS_SUBACCOUNT: "acme_otp" },
} as unknown as NonNullable<Values["main"]>;
const values: Values = { main, bootstrap, front: undefined, okta: undefined };
const withSettings = (more: Record<string, string>): Values => ({
  ...values,
  main: { ...main, hookSettings: { ...main.hookSettings, ...more } },
});
const withBootstrap = (more: object): Values => ({
  ...values,
  bootstrap: { ...bootstrap, ...more },
});
const untrusted = (of: Values, TRUSTED_HOSTS = "") =>
  findUntrusted(destinationsOf(of), "prod", ["prod"], { TRUSTED_HOSTS, CI: "true" })?.hosts ?? [];
const issuerOf = (issuer: string) => withBootstrap({ gitHub: { ...gitHub, issuer } });

test("destinationsOf() needs no entry for 8x8's hosts and for GitHub's default issuer", () => {
  expect(untrusted(values)).toEqual([]);
  expect(untrusted(withSettings({ EIGHT_BY_EIGHT_SMS_URL: "https://sms.8x8.uk" }))).toEqual([]);
});

test("destinationsOf() returns the host that the app would call, not the host that a person reads", () => {
  const settings = {
    SECOND_HOOK_URL: "https:evil//acme.example/okta",
    EIGHT_BY_EIGHT_SMS_URL: "https:evil2//sms.8x8.com",
    EIGHT_BY_EIGHT_VOICE_URL: "https://voice.8x8.com@evil3.example",
  };
  expect(untrusted(withSettings(settings))).toEqual(["evil", "evil2", "evil3.example"]);
});

test("destinationsOf() returns the origins of a front", () => {
  const originHostNames = ["func-prod.azurewebsites.net", "func-evil.azurewebsites.net"];
  const front: Values = {
    main: undefined,
    bootstrap: undefined,
    okta: undefined,
    front: { originHostNames },
  };
  expect(untrusted(front, "func-prod.azurewebsites.net")).toEqual(["func-evil.azurewebsites.net"]);
});

test.each([
  ["https://evil.example", "evil.example"],
  ["https://token.actions.githubusercontent.com/evil", "token.actions.githubusercontent.com/evil"],
  ["https://login.microsoftonline.com/Tenant/v2.0", "login.microsoftonline.com/tenant/v2.0"],
])(
  "destinationsOf() returns the issuer %s, which needs an entry with its path",
  (issuer, entry) => {
    expect(untrusted(issuerOf(issuer))).toEqual([entry]);
    expect(untrusted(issuerOf(issuer), entry)).toEqual([]);
    // Other companies and attackers have issuers on the same host.
    const path = new URL(issuer).pathname.slice(1);
    expect(untrusted(issuerOf(issuer), new URL(issuer).host)).toEqual(path === "" ? [] : [entry]);
  },
);

test("destinationsOf() returns the issuers of Azure Pipelines", () => {
  const [deploy, preview] = ["deploy", "preview"].map((of) => ({
    issuer: `https://vstoken.dev.azure.com/${of}`,
    subject: `sc://acme/otp/${of}`,
  }));
  expect(untrusted(withBootstrap({ gitHub: null, azurePipelines: { deploy, preview } }))).toEqual([
    "vstoken.dev.azure.com/deploy",
    "vstoken.dev.azure.com/preview",
  ]);
});

test("grantsOf() prints one line for each right, and other lines for other values", () => {
  expect(grantsOf(values)).toEqual([
    "SMS at https://sms.8x8.com, sub-account acme_otp",
    "voice calls at https://voice.8x8.com, sub-account none",
    "the deployer: tokens of https://token.actions.githubusercontent.com with the subject repo:acme@1/otp@2:environment:prod",
    "the previewer: tokens of https://token.actions.githubusercontent.com with the subject repo:acme@1/otp@2:environment:preview-prod",
    "the resource group: rg-okta8x8-prod",
    "writes secrets: group-1",
    "reads logs: nobody",
    "the app's identity: id-okta8x8-prod",
    "logs go to the environment's own workspace",
  ]);
  const role = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";
  const changed = grantsOf(
    withBootstrap({
      gitHub: { ...gitHub, owner: "evil", subject: "names" },
      existingGroups: { app: "rg-otp" },
      existingIdentity: { deployer: "id-ci" },
      existingRoles: { previewer: role },
      onCallGroupId: "group-2",
    }),
  );
  expect(changed).toEqual(
    expect.arrayContaining([
      expect.stringContaining("the subject repo:evil/otp:environment:prod"),
      "the resource group: rg-otp",
      "existing group for app: rg-otp",
      "existing identity for deployer: id-ci",
      `existing role for previewer: ${role}`,
      "reads logs: group-2",
    ]),
  );
});
