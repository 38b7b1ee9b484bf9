// choices.programs.test.ts tests valid values.
import {
  bootstrapValidators,
  mainValidators,
  describeInvalid,
} from "../../../tools/check-environment/validators.ts";

const guid = "3fa85f64-5717-4562-b3fc-2c963f66afa6";
const zeros = "00000000-0000-0000-0000-000000000000";
const group = `/subscriptions/${guid}/resourceGroups/rg-hub/providers`;
const subnet = `${group}/Microsoft.Network/virtualNetworks/vnet/subnets/app`;
const zone = (name: string) => `${group}/Microsoft.Network/privateDnsZones/privatelink.${name}`;
const zones = {
  vault: zone("vaultcore.azure.net"),
  blob: zone("blob.core.windows.net"),
  table: zone("table.core.windows.net"),
};
const workspace = `${group}/Microsoft.OperationalInsights/workspaces/log-acme`;
const sms = { countryCode: "55", phoneNumber: "11912345678" };
const webhook = {
  name: "pager",
  url: "https://pager.acme.test/",
  objectId: guid,
  identifierUri: "api://pager",
};
const receivers = { emails: ["on-call@acme.test"], sms: [sms], webhooks: [webhook] };
const existing = { mode: "existing", appSubnetId: subnet, endpointSubnetId: subnet };
const gitHub = { owner: "acme", ownerId: 1, name: "okta-8x8.telephony", id: 2, subject: "ids" };
const connection = {
  issuer: "https://login.microsoftonline.com/0/v2.0",
  subject: "sc://acme/otp/deploy",
};

const main = {
  extraTags: { owner: "iam" },
  identity: "id-okta8x8-prod",
  network: { mode: "public" },
  allowedIpRanges: [],
  pageReceivers: receivers,
  ticketEmails: ["queue@acme.test"],
  runbookUrl: "",
  frontDoorId: "",
  workspaceId: workspace,
  dailyCapGb: -1,
};
const bootstrap = {
  extraTags: {},
  gitHub,
  azurePipelines: { deploy: connection, preview: connection },
  vaultOperatorsGroupId: guid,
  onCallGroupId: "",
  accessAlertEmails: ["iam@acme.test"],
  existingGroups: { app: "rg-otp" },
  existingIdentity: { app: "id-banks" },
  existingRoles: { deployer: guid },
};

const privately = (addressPrefix: string | undefined, operatorSubnet?: string) => ({
  network: { mode: "private", addressPrefix, operatorSubnet },
});
const existingly = (more: object) => ({ network: { ...existing, ...more } });
const texts = (more: object) => ({ pageReceivers: { ...receivers, sms: [{ ...sms, ...more }] } });
const pages = (more: object) => ({
  pageReceivers: { ...receivers, webhooks: [{ ...webhook, ...more }] },
});

/** Each message with the values that cause it. */
const wrongInMain: Readonly<Record<string, readonly object[]>> = {
  "network.addressPrefix is not an IPv4 range of /24 or larger that starts with its first address, such as 10.80.0.0/24.":
    [
      ...[
        "10.80.0.0",
        "10.80.0.5/24",
        "10.80.0.0/25",
        "10.80.0.0/7",
        "10.80.0/24",
        "fd00::/24",
        "127.0.0.0/16",
        "ten",
      ],
    ].map((prefix) => privately(prefix)),
  "network.operatorSubnet overlaps network.addressPrefix": [
    ...[privately(undefined, "10.80.0.64/28"), privately(undefined, "10.0.0.0/8")],
    privately("10.99.0.0/16", "10.99.3.0/28"),
  ],
  "network.operatorSubnet is not an IPv4 range of /29 or larger": [
    privately(undefined, "10.80.1.0/30"),
  ],
  "network.appSubnetId is not a full resource id, such as /subscriptions/": [
    existingly({ appSubnetId: "app" }),
    existingly({ appSubnetId: subnet.replace(guid, zeros) }),
    existingly({ appSubnetId: subnet.replace(guid, "0") }),
  ],
  "workspaceId is not a full resource id": [
    { workspaceId: workspace.replace(guid, zeros) },
    { workspaceId: guid },
  ],
  "frontDoorId is not the front's output frontDoorId, a GUID.": [
    { frontDoorId: zeros },
    { frontDoorId: "otp.acme.test" },
  ],
  "network.endpointSubnetId is not a full resource id": [
    existingly({ endpointSubnetId: subnet.replace("/subnets/app", "") }),
  ],
  "network.dnsZones.blob is not a full resource id": [
    existingly({
      dnsZones: { ...zones, blob: `${group}/Microsoft.Network/privatelink.blob.core.windows.net` },
    }),
  ],
  "network.dnsZones.vault is not this service's zone, privatelink.vaultcore.": [
    existingly({ dnsZones: { ...zones, vault: zones.table } }),
    existingly({ dnsZones: { ...zones, vault: zone("vault.azure.net") } }),
  ],
  "network.dnsZones.blob is not this service's zone, privatelink.blob.core.": [
    existingly({ dnsZones: { ...zones, blob: zones.vault } }),
    existingly({ dnsZones: { ...zones, blob: zone("blobs.core.windows.net") } }),
  ],
  "network.dnsZones.table is not this service's zone, privatelink.table.core.": [
    existingly({ dnsZones: { ...zones, table: zones.blob } }),
  ],
  "allowedIpRanges[1] is not an address range that starts with its first address, such as 203.0.113.0/24.":
    [...["192.0.2.0/33", "192.0.2.1/24", "192.0.2.0", "192.0.2", "2001:db8::/129"]].map(
      (range) => ({ allowedIpRanges: ["203.0.113.0/24", range] }),
    ),
  "allowedIpRanges[0] allows every address; leave the list empty instead.": [
    "0.0.0.0/0",
    "::/0",
  ].map((range) => ({
    allowedIpRanges: [range],
  })),
  "allowedIpRanges[0] is a large part of the internet; use smaller ranges.": [
    ...["0.0.0.0/1", "128.0.0.0/1", "64.0.0.0/7", "2000::/3", "2000::/15"],
  ].map((range) => ({ allowedIpRanges: [range] })),
  "allowedIpRanges[0] is private; callers from the internet never have such an address.": [
    ...["10.0.0.0/8", "172.31.0.0/16", "192.168.1.7/32", "100.64.0.0/10"],
  ].map((range) => ({ allowedIpRanges: [range] })),
  "pageReceivers.emails[1] is not an e-mail address, such as on-call@acme.com.": [
    ...["on-call", "on-call@acme", "a@acme.test, b@acme.test", "<on-call@acme.test>"],
  ].map((mail) => ({ pageReceivers: { emails: ["on-call@acme.test", mail] } })),
  "ticketEmails[0] is not an e-mail address": [{ ticketEmails: ["#iam"] }],
  "pageReceivers.sms[0].countryCode is not a calling code": [texts({ countryCode: "+55" })],
  "pageReceivers.sms[0].phoneNumber is not a number in digits": [
    texts({ phoneNumber: "11 91234" }),
  ],
  "pageReceivers.webhooks[0].url is not an https address.": [pages({ url: "http://pager" })],
  "pageReceivers.webhooks[0].objectId is not an object id": [
    pages({ objectId: "pager" }),
    pages({ objectId: zeros }),
  ],
  "pageReceivers.webhooks[0].name is empty.": [pages({ name: "" })],
  "runbookUrl is not an https address.": [
    ...["docs/runbooks.md", "wiki/otp", "http://wiki.acme.test/otp"],
  ].map((runbookUrl) => ({ runbookUrl })),
  "runbookUrl has a fragment (#…); remove it, because each alert adds its own.": [
    { runbookUrl: "https://wiki.acme.test/otp#runbooks" },
  ],
  "runbookUrl contains a space.": [{ runbookUrl: "https://wiki.acme.test/otp runbooks" }],
  "dailyCapGb is 0, which keeps no logs; use 1 or more, or -1 for no cap.": [{ dailyCapGb: 0 }],
  "identity is not the name of an identity": [{ identity: `${subnet}/id-x` }],
  "extraTags has a tag that Azure refuses": [
    { "cost/centre": "4711" },
    { owner: "x".repeat(257) },
  ].map((extraTags) => ({ extraTags })),
};

test.each(Object.entries(wrongInMain))("main.bicepparam is invalid: %s", (sentence, choices) => {
  for (const choice of choices)
    expect([choice, describeInvalid(mainValidators, { ...main, ...choice })]).toEqual([
      choice,
      [expect.stringContaining(sentence)],
    ]);
});

test.each<[string, object]>([
  [
    "vaultOperatorsGroupId is not the object id of a group",
    { vaultOperatorsGroupId: "secrets-team" },
  ],
  ["vaultOperatorsGroupId is not the object id of a group", { vaultOperatorsGroupId: zeros }],
  ["onCallGroupId is not the object id of a group", { onCallGroupId: `${guid}0` }],
  ["accessAlertEmails[0] is not an e-mail address", { accessAlertEmails: ["iam"] }],
  [
    "gitHub.owner is not the name of a user or an organization.",
    { gitHub: { ...gitHub, owner: "https://github.com/acme" } },
  ],
  [
    "gitHub.name is not the name of a repository, without its owner.",
    { gitHub: { ...gitHub, name: "acme/otp" } },
  ],
  ["gitHub.id is not a GitHub id", { gitHub: { ...gitHub, id: 0 } }],
  ["gitHub.ownerId is not a GitHub id", { gitHub: { ...gitHub, ownerId: -1 } }],
  ["gitHub.issuer is not an https address.", { gitHub: { ...gitHub, issuer: "token.acme.test" } }],
  [
    "azurePipelines.preview.issuer is not an https address.",
    { azurePipelines: { deploy: connection, preview: { ...connection, issuer: "dev" } } },
  ],
  [
    "azurePipelines.deploy.subject is empty.",
    { azurePipelines: { deploy: { ...connection, subject: "" }, preview: connection } },
  ],
  [
    "existingGroups.pipeline is not the name of a resource group.",
    { existingGroups: { pipeline: "rg otp." } },
  ],
  ["existingIdentity.app is not the name of an identity", { existingIdentity: { app: "id/otp" } }],
  ["existingRoles.roleGiver is not a role's GUID", { existingRoles: { roleGiver: "Role giver" } }],
])("bootstrap.bicepparam is invalid: %s", (sentence, choice) => {
  expect(describeInvalid(bootstrapValidators, { ...bootstrap, ...choice })).toEqual([
    expect.stringContaining(sentence),
  ]);
});
