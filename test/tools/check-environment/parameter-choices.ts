// Each choice of docs/parameters.md "Every parameter", at a value that is not the default, as somebody who follows the documents makes it.
import type { Choice } from "./examples.ts";

const network = "/subscriptions/0/resourceGroups/rg-hub/providers/Microsoft.Network/virtualNetworks/vnet-spoke";
const zones = "/subscriptions/0/resourceGroups/rg-dns/providers/Microsoft.Network/privateDnsZones";
const existing = {
  mode: "existing",
  appSubnetId: `${network}/subnets/app`,
  endpointSubnetId: `${network}/subnets/pep`,
};
const dnsZones = { vault: `${zones}/vault`, blob: `${zones}/blob`, table: `${zones}/table` };
const twoWarm = { alwaysReady: 2, maximum: 40, concurrency: 100, memoryMB: 2048 };

const workspace = "/subscriptions/0/resourceGroups/rg-logs/providers/Microsoft.OperationalInsights/workspaces/log-acme";
const group = "33333333-0000-0000-0000-000000000000";
const people = {
  pageReceivers: { emails: ["on-call@acme.test"] },
  ticketEmails: ["queue@acme.test"],
  runbookUrl: "https://wiki.acme.test/otp/runbooks",
};

/** By the parameter of main.bicepparam. */
export const parameterChoices: Readonly<Record<string, readonly Choice[]>> = {
  environmentName: [{ of: "another name", name: "uat" }],
  workload: [{ of: "another workload", main: { workload: "otp" }, bootstrap: { workload: "otp" } }],
  location: [{ of: "a region", main: { location: "swedencentral" }, bootstrap: { location: "swedencentral" } }],
  extraTags: [{ of: "two tags", main: { extraTags: { owner: "iam", "cost-centre": "4711" } } }],
  pageReceivers: [
    {
      of: "an SMS receiver",
      main: {
        pageReceivers: { emails: ["on-call@acme.test"], sms: [{ countryCode: "49", phoneNumber: "15112345678" }] },
      },
    },
    {
      of: "a webhook",
      main: {
        pageReceivers: {
          emails: ["on-call@acme.test"],
          webhooks: [{ name: "pager", url: "https://pager.acme.test/", objectId: group, identifierUri: "api://pager" }],
        },
      },
    },
  ],
  ticketEmails: [{ of: "two", main: { ticketEmails: ["queue@acme.test", "iam@acme.test"] } }],
  runbookUrl: [{ of: "a wiki", main: { runbookUrl: "https://wiki.acme.test/otp/runbooks" } }],
  scale: [
    { of: "three warm instances", main: { scale: { ...twoWarm, alwaysReady: 3 } } },
    {
      of: "one warm instance",
      main: { scale: { ...twoWarm, alwaysReady: 1 }, zoneRedundant: false, updateStrategy: "Recreate" },
      breaks: { live: "two-warm-instances" },
    },
    { of: "more memory", main: { scale: { alwaysReady: 2, maximum: 100, concurrency: 16, memoryMB: 4096 } } },
  ],
  zoneRedundant: [
    { of: "zones", main: { zoneRedundant: true, scale: twoWarm } },
    { of: "no zones", main: { zoneRedundant: false } },
  ],
  updateStrategy: [
    { of: "RollingUpdate", main: { updateStrategy: "RollingUpdate", scale: twoWarm } },
    { of: "Recreate", main: { updateStrategy: "Recreate" } },
    { of: "Recreate without zones", main: { updateStrategy: "Recreate", zoneRedundant: false } },
  ],
  network: [
    { of: "public", main: { network: { mode: "public" } } },
    { of: "private", main: { network: { mode: "private" } } },
    {
      of: "private with a gateway",
      main: { network: { mode: "private", addressPrefix: "10.99.0.0/24", natGateway: true } },
    },
    {
      of: "private with a subnet for operators",
      main: { network: { mode: "private", operatorSubnet: "10.98.0.0/28" } },
    },
    {
      of: "private with a subnet for operators",
      main: { network: { mode: "private", addressPrefix: "10.99.0.0/24", operatorSubnet: "10.99.1.0/28" } },
    },
    { of: "existing", main: { network: existing } },
    { of: "existing with central zones", main: { network: { ...existing, dnsZones } } },
  ],
  allowedIpRanges: [{ of: "a list of callers", main: { allowedIpRanges: ["192.0.2.0/24", "198.51.100.0/24"] } }],
  frontDoorId: [{ of: "a front", main: { frontDoorId: "d3b0c1f4-0000-4000-8000-000000000000" } }],
  standby: [
    { of: "a stand-by", main: { standby: true }, breaks: { production: "standby-by-stage" } },
    { of: "no stand-by", main: { standby: false }, breaks: { standby: "standby-by-stage" } },
  ],
  retentionDays: [{ of: "a year", main: { retentionDays: 365 } }],
  dailyCapGb: [
    { of: "no cap", main: { dailyCapGb: -1 } },
    { of: "10 GB", main: { dailyCapGb: 10 } },
  ],
  purgeProtection: [
    { of: "on", main: { purgeProtection: true } },
    { of: "off", main: { purgeProtection: false }, breaks: { live: "purge-protection" } },
  ],
  identity: [
    {
      of: "one that is there",
      main: { identity: "id-acme" },
      breaks: { test: "bootstrap-alike", production: "bootstrap-alike", standby: "bootstrap-alike" },
    },
  ],
  alerts: [
    { of: "essential, as in a drill", main: { alerts: "essential" }, beside: people },
    { of: "all", main: { alerts: "all" }, beside: people },
    { of: "none", main: { alerts: "none" }, breaks: { live: "alerts-on" } },
  ],
  workspaceId: [{ of: "a central one", main: { workspaceId: workspace } }],
  serviceHealthAlert: [{ of: "on", main: { serviceHealthAlert: true } }],
  stateTable: [
    { of: "on", main: { stateTable: true } },
    { of: "on in a landing zone", main: { stateTable: true, network: { ...existing, dnsZones } } },
  ],
  placeholders: [{ of: "allowed", main: { placeholders: "allowed" }, breaks: { every: "placeholders-refused" } }],
};

const connection = { issuer: "https://login.microsoftonline.com/0/v2.0", subject: "/eid1/c/pub/t/0/a/0/sc/0/deploy" };
const gitHub = { owner: "acme", ownerId: 22222222, name: "otp", id: 33333333 };

/** By the parameter of bootstrap.bicepparam. */
export const bootstrapChoices: Readonly<Record<string, readonly Choice[]>> = {
  location: [{ of: "a region", bootstrap: { location: "swedencentral" } }],
  gitHub: [
    { of: "none", bootstrap: { gitHub: null } },
    { of: "by names", bootstrap: { gitHub: { ...gitHub, subject: "names" } } },
    {
      of: "an enterprise's issuer",
      bootstrap: { gitHub: { ...gitHub, subject: "ids", issuer: "https://token.acme.test" } },
    },
  ],
  azurePipelines: [
    { of: "beside GitHub", bootstrap: { azurePipelines: { deploy: connection, preview: connection } } },
    { of: "alone", bootstrap: { gitHub: null, azurePipelines: { deploy: connection, preview: connection } } },
  ],
  vaultOperatorsGroupId: [{ of: "none", bootstrap: { vaultOperatorsGroupId: "" } }],
  onCallGroupId: [{ of: "none", bootstrap: { onCallGroupId: "" } }],
  accessAlertEmails: [{ of: "none", bootstrap: { accessAlertEmails: [] } }],
  existingGroups: [{ of: "both", bootstrap: { existingGroups: { app: "rg-otp", pipeline: "rg-otp-deploy" } } }],
  existingIdentity: [
    {
      of: "all three",
      main: { identity: "id-banks" },
      bootstrap: { existingIdentity: { app: "id-banks", deployer: "id-deploys", previewer: "id-previews" } },
    },
    { of: "the pipelines'", bootstrap: { existingIdentity: { deployer: "id-deploys", previewer: "id-previews" } } },
  ],
  lock: [
    { of: "on all four", bootstrap: { lock: { kind: "CanNotDelete" } } },
    {
      of: "beside a central workspace",
      bootstrap: { lock: { kind: "CanNotDelete", on: ["app", "storage", "vault"] } },
    },
  ],
  existingRoles: [{ of: "one", bootstrap: { existingRoles: { deployer: group } } }],
  extraTags: [{ of: "two tags", bootstrap: { extraTags: { owner: "iam", "cost-centre": "4711" } } }],
};
