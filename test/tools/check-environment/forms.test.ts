// What Azure would refuse after minutes, or take and do nothing with: each with a sentence that says the form.
import { bootstrapForms, mainForms, wrongForms } from "../../../tools/check-environment/forms.ts";

const guid = "3fa85f64-5717-4562-b3fc-2c963f66afa6";
const subnet = "/subscriptions/0/resourceGroups/rg-hub/providers/Microsoft.Network/virtualNetworks/vnet/subnets/app";
const zone = "/subscriptions/0/resourceGroups/rg-dns/providers/Microsoft.Network/privateDnsZones/privatelink.x";
const sms = { countryCode: "55", phoneNumber: "11912345678" };
const webhook = { name: "pager", url: "https://pager.acme.test/", objectId: guid, identifierUri: "api://pager" };
const receivers = { emails: ["on-call@acme.test"], sms: [sms], webhooks: [webhook] };
const existing = { mode: "existing", appSubnetId: subnet, endpointSubnetId: subnet };
const gitHub = { owner: "acme", ownerId: 1, name: "okta-8x8.telephony", id: 2, subject: "ids" };
const connection = { issuer: "https://login.microsoftonline.com/0/v2.0", subject: "sc://acme/otp/deploy" };

const main = {
  ...{ extraTags: { owner: "iam" }, identity: "id-okta8x8-prod", network: { mode: "public" }, allowedIpRanges: [] },
  ...{ pageReceivers: receivers, ticketEmails: ["queue@acme.test"], runbookUrl: "", dailyCapGb: -1 },
};
const bootstrap = {
  ...{ extraTags: {}, gitHub, azurePipelines: { deploy: connection, preview: connection } },
  ...{ vaultOperatorsGroupId: guid, onCallGroupId: "", accessAlertEmails: ["iam@acme.test"] },
  ...{ existingGroups: { app: "rg-otp" }, existingIdentity: { app: "id-banks" }, existingRoles: { deployer: guid } },
};

test.each([
  { network: { mode: "private", addressPrefix: "10.99.0.0/16", operatorSubnet: "10.80.0.0/28" } },
  { network: { mode: "private", operatorSubnet: "10.80.1.0/29" } },
  { network: { ...existing, dnsZones: { vault: zone, blob: zone, table: zone } } },
  { allowedIpRanges: ["192.0.2.7/32", "2001:db8::/32"], runbookUrl: "http://wiki/otp", pageReceivers: undefined },
  { identity: "", dailyCapGb: 10, ticketEmails: ["o'hara+otp@mail.acme.co.uk".replace("'", "")] },
])("main.bicepparam takes %j", (choice) => {
  expect(wrongForms(mainForms, { ...main, ...choice })).toEqual([]);
});

const overlaps = (operatorSubnet: string, addressPrefix?: string) => ({
  network: { mode: "private", addressPrefix, operatorSubnet },
});

test.each<[string, object, string]>([
  ...["10.80.0.0", "10.80.0.5/24", "10.80.0.0/25", "10.80.0.0/7", "10.80.0/24", "fd00::/24", "127.0.0.0/16", "ten"].map(
    (addressPrefix): [string, object, string] => [
      addressPrefix,
      { network: { mode: "private", addressPrefix } },
      "network.addressPrefix is not a range of IPv4 of /24 or larger, from its first address on, such as 10.80.0.0/24.",
    ],
  ),
  ...[overlaps("10.80.0.64/28"), overlaps("10.0.0.0/8"), overlaps("10.99.3.0/28", "10.99.0.0/16")].map(
    (choice, i): [string, object, string] => [
      `a subnet inside, ${i}`,
      choice,
      "network.operatorSubnet overlaps network.addressPrefix",
    ],
  ),
  ["a subnet too small", overlaps("10.80.1.0/30"), "network.operatorSubnet is not a range of IPv4 of /29 or larger"],
  [
    "a subnet's name",
    { network: { ...existing, appSubnetId: "app" } },
    "network.appSubnetId is not a resource id, such as /subscriptions/",
  ],
  [
    "a network's id",
    { network: { ...existing, endpointSubnetId: subnet.replace("/subnets/app", "") } },
    "network.endpointSubnetId is not a resource id",
  ],
  [
    "a zone's name",
    { network: { ...existing, dnsZones: { vault: zone, blob: "privatelink.blob" } } },
    "network.dnsZones.blob is not a resource id",
  ],
  ...["192.0.2.0/33", "192.0.2.1/24", "192.0.2.0", "192.0.2", "2001:db8::/129"].map(
    (range): [string, object, string] => [
      range,
      { allowedIpRanges: ["203.0.113.0/24", range] },
      "allowedIpRanges[1] is not an address range, from its first address on, such as 203.0.113.0/24.",
    ],
  ),
  ...["on-call", "on-call@acme", "a@acme.test, b@acme.test", "<on-call@acme.test>"].map(
    (mail): [string, object, string] => [
      mail,
      { pageReceivers: { emails: ["on-call@acme.test", mail] } },
      "pageReceivers.emails[1] is not a mail address, such as on-call@acme.com.",
    ],
  ),
  ["a ticket's", { ticketEmails: ["#iam"] }, "ticketEmails[0] is not a mail address"],
  [
    "+55",
    { pageReceivers: { ...receivers, sms: [{ ...sms, countryCode: "+55" }] } },
    "pageReceivers.sms[0].countryCode is not a calling code",
  ],
  [
    "spaces",
    { pageReceivers: { ...receivers, sms: [{ ...sms, phoneNumber: "11 91234" }] } },
    "pageReceivers.sms[0].phoneNumber is not a number of digits",
  ],
  [
    "http",
    { pageReceivers: { ...receivers, webhooks: [{ ...webhook, url: "http://pager" }] } },
    "pageReceivers.webhooks[0].url is not an https address.",
  ],
  [
    "a name",
    { pageReceivers: { ...receivers, webhooks: [{ ...webhook, objectId: "pager" }] } },
    "pageReceivers.webhooks[0].objectId is not an object id",
  ],
  [
    "no name",
    { pageReceivers: { ...receivers, webhooks: [{ ...webhook, name: "" }] } },
    "pageReceivers.webhooks[0].name is empty.",
  ],
  [
    "a path",
    { runbookUrl: "docs/runbooks.md" },
    "runbookUrl is not a web address, such as https://wiki.acme.com/runbooks.",
  ],
  ["0", { dailyCapGb: 0 }, "dailyCapGb is 0, which keeps nothing: it is 1 or more, or -1 for no cap."],
  ["an id", { identity: `${subnet}/id-x` }, "identity is not the name of an identity"],
  ["a tag", { extraTags: { "cost/centre": "4711" } }, "extraTags holds a tag that Azure does not take"],
  ["a long tag", { extraTags: { owner: "x".repeat(257) } }, "extraTags holds a tag that Azure does not take"],
])("main.bicepparam: %s", (_, choice, sentence) => {
  expect(wrongForms(mainForms, { ...main, ...choice })).toEqual([expect.stringContaining(sentence)]);
});

test.each<[object, string | undefined]>([
  [{}, undefined],
  [{ gitHub: null, azurePipelines: undefined, existingGroups: {}, existingIdentity: {}, existingRoles: {} }, undefined],
  [{ vaultOperatorsGroupId: "secrets-team" }, "vaultOperatorsGroupId is not the object id of a group"],
  [{ onCallGroupId: `${guid}0` }, "onCallGroupId is not the object id of a group"],
  [{ accessAlertEmails: ["iam"] }, "accessAlertEmails[0] is not a mail address"],
  [
    { gitHub: { ...gitHub, owner: "https://github.com/acme" } },
    "gitHub.owner is not the name of a user or an organization.",
  ],
  [{ gitHub: { ...gitHub, name: "acme/otp" } }, "gitHub.name is not the name of a repository, without its owner."],
  [{ gitHub: { ...gitHub, id: 0 } }, "gitHub.id is not an id of GitHub's"],
  [{ gitHub: { ...gitHub, ownerId: -1 } }, "gitHub.ownerId is not an id of GitHub's"],
  [{ gitHub: { ...gitHub, issuer: "token.acme.test" } }, "gitHub.issuer is not an https address."],
  [
    { azurePipelines: { deploy: connection, preview: { ...connection, issuer: "dev" } } },
    "azurePipelines.preview.issuer is not an https address.",
  ],
  [
    { azurePipelines: { deploy: { ...connection, subject: "" }, preview: connection } },
    "azurePipelines.deploy.subject is empty.",
  ],
  [{ existingGroups: { pipeline: "rg otp." } }, "existingGroups.pipeline is not the name of a resource group."],
  [{ existingIdentity: { app: "id/otp" } }, "existingIdentity.app is not the name of an identity"],
  [{ existingRoles: { roleGiver: "Role giver" } }, "existingRoles.roleGiver is not a role's name, a GUID"],
])("bootstrap.bicepparam: %j", (choice, sentence) => {
  const wanted = sentence === undefined ? [] : [expect.stringContaining(sentence) as string];
  expect(wrongForms(bootstrapForms, { ...bootstrap, ...choice })).toEqual(wanted);
});
