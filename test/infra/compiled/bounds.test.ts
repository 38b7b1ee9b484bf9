// What a parameter may be, and is where it is left out. A bound that went lets a value through that only Azure refuses, or nobody.
import { hasCompiler, templateFiles } from "../compiler.ts";
import { compile, describeForm, type Form } from "./template.ts";

const tags = "extraTags: tagsType = {}";
const placeholders = 'placeholders: allowed|refused = "refused"';
const inputs = 'inputs: string = ""';

/** The parameters that have a default, a bound or a choice. */
const parameters: Readonly<Record<string, readonly string[]>> = {
  "bootstrap/deployer-grants.bicep": ["existingRoles: object { deployer: string, roleGiver: string }"],
  "bootstrap/identity.bicep": [
    "gitHub: gitHubRepository?",
    'gitHubEnvironment: string = ""',
    "connection: federation?",
  ],
  "bootstrap/main.bicep": [
    "environmentName: string 2..5",
    'workload: string = "okta8x8"',
    "gitHub: gitHubRepository?",
    "azurePipelines: azurePipelinesType?",
    'vaultOperatorsGroupId: string = ""',
    'onCallGroupId: string = ""',
    "accessAlertEmails: array of string = []",
    "existingGroups: existingGroupsType = {}",
    "existingIdentity: existingIdentityType = {}",
    "existingRoles: existingRolesType = {}",
    'lock: lockType = {"kind":"None"}',
    tags,
    placeholders,
    inputs,
  ],
  "bootstrap/people-grants.bicep": ["existingRoles: object { secretsWriter: string, onCall: string }"],
  "front.bicep": [
    'workload: string 2..8 = "okta8x8"',
    tags,
    "originHostNames: array 2..4 of string",
    "allowedIpRanges: array of string = []",
    'ticketGroupId: string = ""',
    'workspaceId: string = ""',
    placeholders,
  ],
  "main.bicep": [
    "environmentName: string 2..5",
    'workload: string 2..8 = "okta8x8"',
    'location: string = "[resourceGroup().location]"',
    tags,
    'identity: string = ""',
    'scale: scaleType = {"alwaysReady":2,"maximum":40,"concurrency":100,"memoryMB":2048}',
    "zoneRedundant: bool = false",
    'updateStrategy: Recreate|RollingUpdate = "Recreate"',
    'network: networkType = {"mode":"public"}',
    "allowedIpRanges: array of string = []",
    "retentionDays: int 90..730 = 90",
    "purgeProtection: bool = true",
    'alerts: alertsType = "all"',
    "pageReceivers: pageReceiversType?",
    "ticketEmails: array of string = []",
    "serviceHealthAlert: bool = false",
    'runbookUrl: string = ""',
    'workspaceId: string = ""',
    "dailyCapGb: int -1.. = 1",
    'frontDoorId: string = ""',
    "standby: bool = false",
    "stateTable: bool = false",
    placeholders,
    inputs,
  ],
  "modules/action-group.bicep": ["shortName: string ..12"],
  "modules/function-app.bicep": ["updateStrategy: Recreate|RollingUpdate"],
  "modules/key-vault.bicep": ["name: string 3..24"],
  "modules/monitoring.bicep": ["workspaceName: string 4..63", "retentionDays: int 90..730"],
  "modules/private-endpoint.bicep": ["groupId: blob|table|vault"],
  "modules/storage.bicep": ["name: string 3..24"],
};

const types: Readonly<Record<string, readonly string[]>> = {
  "receivers.bicep": [
    "pageReceivers: object { emails: array 1.. of string, sms: array? of smsReceiver, webhooks: array? of webhookReceiver } sealed",
    "smsReceiver: object { countryCode: string, phoneNumber: string } sealed",
    "webhookReceiver: object { name: string, url: string, objectId: string, identifierUri: string } sealed",
  ],
  "types.bicep": [
    "tags: object of any name: string",
    "hookSettings: object { … } sealed",
    "scale: object { alwaysReady: int 1..20, maximum: int 40..1000, concurrency: int 1..1000, memoryMB: 2048|4096|512 } sealed",
    "network: object { public: publicNetwork, private: privateNetwork, existing: existingNetwork }",
    "publicNetwork: object { mode: public } sealed",
    "privateNetwork: object { mode: private, addressPrefix: string?, natGateway: bool?, operatorSubnet: string? } sealed",
    "existingNetwork: object { mode: existing, appSubnetId: string, endpointSubnetId: string, dnsZones: dnsZones? } sealed",
    "dnsZones: object { vault: string, blob: string, table: string? } sealed",
    "alerts: all|essential|none",
    "alertRule: object { name: string, runbook: string?, page: string?, severity: 0|1|2|3, essential: bool, title: string, first: string, reads: events|workspace, query: string, numbers: object? of any name: int, measure: string?, operator: GreaterThan|LessThan?, threshold: int, window: string, looksBack: string?, frequency: string? } sealed",
  ],
  "bootstrap/existing.bicep": [
    "existingGroups: object { app: string?, pipeline: string? } sealed",
    "existingIdentity: object { app: string?, deployer: string?, previewer: string? } sealed",
    "existingRoles: object { deployer: string?, roleGiver: string?, previewer: string?, secretsWriter: string?, onCall: string? } sealed",
  ],
  "bootstrap/federation.bicep": [
    "federation: object { issuer: string, subject: string } sealed",
    "azurePipelines: object { deploy: federation, preview: federation } sealed",
    "gitHubRepository: object { owner: string, ownerId: int, name: string, id: int, subject: ids|names, issuer: string? } sealed",
  ],
  "modules/front-firewall.bicep": [
    "forwarded: object { name: string, path: string, methods: array of string } sealed",
    "tagsType: object of any name: string",
  ],
};

const isBounded = (line: string) => /= |\||\?$|\.\.|\{/.test(line);
const lines = (forms: Readonly<Record<string, Form>> = {}) =>
  // Its properties are generated from the program's settings, which another test compares.
  Object.entries(forms).map(([name, form]) =>
    `${name}: ${describeForm(form)}`.replace(/^(hookSettings: object \{).*\}/, "$1 … }"),
  );

// compiler.test.ts says that there is no compiler, or fails.
(!hasCompiler ? describe.skip : describe)("the bounds", () => {
  it.each(templateFiles("**/*.bicep"))("of the parameters of %s are these", async (file) => {
    const bounded = lines((await compile(file)).parameters).filter(isBounded);
    expect(bounded).toEqual(parameters[file] ?? []);
  });

  it.each(Object.entries(types))("of the types of %s are these", async (file, forms) => {
    expect(lines((await compile(file)).definitions)).toEqual(forms);
  });
});
