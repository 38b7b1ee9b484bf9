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
const id = "33333333-0000-0000-0000-000000000000";
const emails = ["on-call@acme.test"];
const webhooks = [{ name: "pager", url: "https://pager.acme.test/", objectId: id, identifierUri: "api://pager" }];
const people = {
  ...{ pageReceivers: { emails }, ticketEmails: ["queue@acme.test"] },
  runbookUrl: "https://wiki.acme.test/otp/runbooks",
};
const extraTags = { owner: "iam", "cost-centre": "4711" };

const parameters: readonly Choice[] = [
  { name: "uat" },
  { main: { workload: "otp" }, bootstrap: { workload: "otp" } },
  { main: { location: "swedencentral" }, bootstrap: { location: "swedencentral" } },
  { main: { extraTags } },
  { main: { pageReceivers: { emails, sms: [{ countryCode: "49", phoneNumber: "15112345678" }] } } },
  { main: { pageReceivers: { emails, webhooks } } },
  { main: { ticketEmails: ["queue@acme.test", "iam@acme.test"] } },
  { main: { runbookUrl: people.runbookUrl } },
  { main: { scale: { ...twoWarm, alwaysReady: 3 } } },
  {
    main: { scale: { ...twoWarm, alwaysReady: 1 }, zoneRedundant: false, updateStrategy: "Recreate" },
    breaks: { live: "two-warm-instances" },
  },
  { main: { scale: { alwaysReady: 2, maximum: 100, concurrency: 16, memoryMB: 4096 } } },
  { main: { zoneRedundant: true, scale: twoWarm } },
  { main: { zoneRedundant: false } },
  { main: { updateStrategy: "RollingUpdate", scale: twoWarm } },
  { main: { updateStrategy: "Recreate" } },
  { main: { updateStrategy: "Recreate", zoneRedundant: false } },
  { main: { network: { mode: "public" } } },
  { main: { network: { mode: "private" } } },
  { main: { network: { mode: "private", addressPrefix: "10.99.0.0/24", natGateway: true } } },
  { main: { network: { mode: "private", operatorSubnet: "10.98.0.0/28" } } },
  { main: { network: { mode: "private", addressPrefix: "10.99.0.0/24", operatorSubnet: "10.99.1.0/28" } } },
  { main: { network: existing } },
  { main: { network: { ...existing, dnsZones } } },
  { main: { allowedIpRanges: ["192.0.2.0/24", "198.51.100.0/24"] } },
  { main: { frontDoorId: "d3b0c1f4-0000-4000-8000-000000000000" } },
  { main: { standby: true }, breaks: { production: "standby-by-stage" } },
  { main: { standby: false }, breaks: { standby: "standby-by-stage" } },
  { main: { retentionDays: 365 } },
  { main: { dailyCapGb: -1 } },
  { main: { dailyCapGb: 10 } },
  { main: { purgeProtection: true } },
  { main: { purgeProtection: false }, breaks: { live: "purge-protection" } },
  {
    main: { identity: "id-acme" },
    breaks: { test: "bootstrap-alike", production: "bootstrap-alike", standby: "bootstrap-alike" },
  },
  // As in a drill.
  { main: { alerts: "essential" }, beside: people },
  { main: { alerts: "all" }, beside: people },
  { main: { alerts: "none" }, breaks: { live: "alerts-on" } },
  { main: { workspaceId: workspace } },
  { main: { serviceHealthAlert: true } },
  { main: { stateTable: true } },
  { main: { stateTable: true, network: { ...existing, dnsZones } } },
  { main: { placeholders: "allowed" }, breaks: { every: "placeholders-refused" } },
];

const connection = { issuer: "https://login.microsoftonline.com/0/v2.0", subject: "/eid1/c/pub/t/0/a/0/sc/0/deploy" };
const azurePipelines = { deploy: connection, preview: connection };
const gitHub = { owner: "acme", ownerId: 22222222, name: "otp", id: 33333333 };

const ofTheBootstrap: readonly Choice[] = [
  { bootstrap: { location: "swedencentral" } },
  { bootstrap: { gitHub: null } },
  { bootstrap: { gitHub: { ...gitHub, subject: "names" } } },
  { bootstrap: { gitHub: { ...gitHub, subject: "ids", issuer: "https://token.acme.test" } } },
  { bootstrap: { azurePipelines } },
  { bootstrap: { gitHub: null, azurePipelines } },
  { bootstrap: { vaultOperatorsGroupId: "" } },
  { bootstrap: { onCallGroupId: "" } },
  { bootstrap: { accessAlertEmails: [] } },
  { bootstrap: { existingGroups: { app: "rg-otp", pipeline: "rg-otp-deploy" } } },
  {
    main: { identity: "id-banks" },
    bootstrap: { existingIdentity: { app: "id-banks", deployer: "id-deploys", previewer: "id-previews" } },
  },
  { bootstrap: { existingIdentity: { deployer: "id-deploys", previewer: "id-previews" } } },
  { bootstrap: { lock: { kind: "CanNotDelete" } } },
  // Beside a central workspace.
  { bootstrap: { lock: { kind: "CanNotDelete", on: ["app", "storage", "vault"] } } },
  { bootstrap: { existingRoles: { deployer: id } } },
  { bootstrap: { extraTags } },
];

/** All of them. What has to stand beside one, as the documents say, is set with it. */
export const choices = [...parameters, ...ofTheBootstrap];
