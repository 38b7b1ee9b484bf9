// Tests that each value in docs/parameters.md breaks no rule, except the rule about that value.
import { hasCompiler } from "../../infra/compiler.ts";
import { examples } from "../../infra/snapshot.ts";
import { type Changes, problemsIn, write } from "./company.ts";

jest.setTimeout(180_000);

const network =
  "/subscriptions/3fa85f64-5717-4562-b3fc-2c963f66afa6/resourceGroups/rg-hub/providers/Microsoft.Network/virtualNetworks/vnet-spoke/subnets";
const zones =
  "/subscriptions/3fa85f64-5717-4562-b3fc-2c963f66afa6/resourceGroups/rg-dns/providers/Microsoft.Network/privateDnsZones";
const existing = `mode: 'existing', appSubnetId: '${network}/app', endpointSubnetId: '${network}/pep'`;
const workspace =
  "/subscriptions/3fa85f64-5717-4562-b3fc-2c963f66afa6/resourceGroups/rg-logs/providers/Microsoft.OperationalInsights/workspaces/log-acme";
const id = "33333333-0000-0000-0000-000000000000";
const connection =
  "{ issuer: 'https://login.microsoftonline.com/0/v2.0', subject: '/eid1/c/pub/t/0/a/0/sc/0/deploy' }";

/**
 * Changes to the example prod, and the rules that these changes break. Together, the changes
 * contain every non-default value in docs/parameters.md, section "Every parameter".
 */
const companies: readonly (readonly [string, Changes, readonly string[]])[] = [
  [
    "a public network, no alerts, another region and Azure Pipelines",
    {
      main: `
param location = 'swedencentral'
param network = { mode: 'public' }
param scale = { alwaysReady: 1, maximum: 100, concurrency: 16, memoryMB: 4096 }
param zoneRedundant = false
param purgeProtection = false
param alerts = 'none'
param dailyCapGb = -1
param allowedIpRanges = ['192.0.2.7/32', '2001:db8::/32', '11.0.0.0/8']`,
      bootstrap: `
param location = 'swedencentral'
param gitHub = null
param azurePipelines = { deploy: ${connection}, preview: ${connection} }
param vaultOperatorsGroupId = ''
param onCallGroupId = ''
param accessAlertEmails = []
param lock = { kind: 'CanNotDelete' }`,
    },
    ["alerts-on", "two-warm-instances"],
  ],
  [
    "a private network, every kind of receiver, and the groups and identities of other teams",
    {
      main: `
param workload = 'otp'
param identity = 'id-banks'
param extraTags = { owner: 'iam', 'cost-centre': '4711' }
param network = { mode: 'private', addressPrefix: '10.80.0.0/26', operatorSubnet: '10.80.1.0/29' }
param updateStrategy = 'RollingUpdate'
param scale = { alwaysReady: 3, maximum: 40, concurrency: 100, memoryMB: 2048 }
param pageReceivers = {
  emails: ['on-call@acme.test']
  sms: [{ countryCode: '49', phoneNumber: '15112345678' }]
  webhooks: [{ name: 'pager', url: 'https://pager.acme.test/', objectId: '${id}', identifierUri: 'api://pager' }]
}
param ticketEmails = ['o\\'hara+otp@mail.acme.co.uk', 'iam@acme.test']
param runbookUrl = 'https://wiki/otp'
param serviceHealthAlert = true
param retentionDays = 365
param alerts = 'essential'
param stateTable = true
param workspaceId = '${workspace}'
param frontDoorId = 'd3b0c1f4-0000-4000-8000-000000000000'`,
      bootstrap: `
param workload = 'otp'
param gitHub = { owner: 'ada_acme', ownerId: 22222222, name: 'otp', id: 33333333, subject: 'names', issuer: 'https://token.acme.test' }
param existingGroups = { app: 'rg-zürich', pipeline: 'rg-otp-deploy' }
param existingIdentity = { app: 'id-banks', deployer: 'id-deploys', previewer: 'id-previews' }
param existingRoles = { deployer: '${id}' }
param lock = { kind: 'CanNotDelete', on: ['app', 'storage', 'vault'] }`,
    },
    [],
  ],
  [
    "another team's subnets and zones, a stand-by and allowed placeholders",
    {
      main: `
param identity = 'id-acme'
param network = { ${existing}, dnsZones: { vault: '${zones}/privatelink.vaultcore.azure.net', blob: '${zones}/privatelink.blob.core.windows.net', table: '${zones}/privatelink.table.core.windows.net' } }
param standby = true
param placeholders = 'allowed'`,
    },
    ["bootstrap-alike", "placeholders-refused", "standby-by-stage"],
  ],
];

// Without the Bicep compiler, this suite is skipped and compiler.programs.test.ts fails.
(!hasCompiler ? describe.skip : describe)("the environment check", () => {
  test.each(examples)(
    "the check accepts the example %s with a company's own values",
    async (example) => {
      expect(await problemsIn(write("as-it-is", example))).toEqual([]);
    },
  );

  test.each(companies)(
    "with %s, the check reports only the rules that these values break",
    async (words, changes, broken) => {
      const name = words.replaceAll(/\W+/g, "-");
      const problems = await problemsIn(write(name, "prod", changes));
      expect(problems.map((problem) => problem.split(":")[0]).sort()).toEqual(broken);
    },
  );
});
