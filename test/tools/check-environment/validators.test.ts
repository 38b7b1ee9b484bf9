import {
  bootstrapValidators,
  describeInvalid,
  frontValidators,
  mainValidators,
} from "../../../tools/check-environment/validators.ts";

const numbered = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`tag-${i}`, "x"]));
const webhook = (url: string) => ({
  pageReceivers: { emails: ["on-call@acme.test"], webhooks: [{ url }] },
});
const callers = (...ranges: readonly string[]) => ({ allowedIpRanges: ranges });

test.each<[string, readonly object[]]>([
  [
    "allowedIpRanges[0] is not an address range that starts with its first address",
    ["192.0.2.0/33", "192.0.2.1/24", "192.0.2.0", "2001:db8::/129"].map((range) => callers(range)),
  ],
  [
    "allowedIpRanges[1] is a large part of the internet, so use smaller ranges.",
    ["0.0.0.0/0", "::/0", "128.0.0.0/1", "2000::/15"].map((range) =>
      callers("203.0.113.0/24", range),
    ),
  ],
  ["ticketEmails[0] is not an e-mail address", [{ ticketEmails: ["<iam@acme.test>"] }]],
  ["pageReceivers.emails[0] is not", [{ pageReceivers: { emails: ["on-call@acme"] } }]],
  ["pageReceivers.webhooks[0].url is not an https address.", [webhook("http://pager")]],
  [
    "runbookUrl is not an https address",
    ["docs/runbooks.md", "https://wiki.acme.test/otp#runbooks"].map((runbookUrl) => ({
      runbookUrl,
    })),
  ],
  [
    "extraTags has a tag that Azure refuses",
    [{ "cost/centre": "4711" }, { owner: "x".repeat(257) }, { "Microsoft-cost": "4711" }].map(
      (extraTags) => ({ extraTags }),
    ),
  ],
  ["extraTags has more than 47 tags.", [{ extraTags: numbered(48) }]],
  [
    "pageReceivers.sms[0].countryCode has other characters than digits. Write +49 as 49.",
    [{ pageReceivers: { emails: [], sms: [{ countryCode: "+49", phoneNumber: "15112345678" }] } }],
  ],
  [
    "pageReceivers.webhooks[0].objectId is not a GUID",
    [
      {
        pageReceivers: {
          emails: [],
          webhooks: [{ url: "https://pager", objectId: "the-app-registration-of-our-pager-12" }],
        },
      },
    ],
  ],
  [
    "workspaceName has not 4 to 63 letters",
    ["log otp", "-otp-logs", "otp"].map((workspaceName) => ({ workspaceName })),
  ],
  [
    "network.addressPrefix is not an IPv4 range of /26 or larger",
    ["10.80.0.0", "10.80.0.0/27", "10.80.0.1/24", "fd00::/48", "10.80.0.0/33", ""].map(
      (addressPrefix) => ({ network: { mode: "private", addressPrefix } }),
    ),
  ],
  [
    "network.operatorSubnet is not an IPv4 range of /29 or larger",
    ["10.80.1.0/30", "10.80.1.1/28", "10.80.1.0"].map((operatorSubnet) => ({
      network: { mode: "private", operatorSubnet },
    })),
  ],
  [
    "network.operatorSubnet overlaps addressPrefix",
    [
      { mode: "private", operatorSubnet: "10.80.0.240/28" },
      { mode: "private", addressPrefix: "10.90.0.0/26", operatorSubnet: "10.90.0.0/16" },
    ].map((network) => ({ network })),
  ],
])("describeInvalid() reports about main.bicepparam: %s", (sentence, choices) => {
  for (const choice of choices)
    expect([choice, describeInvalid(mainValidators, choice)]).toEqual([
      choice,
      [expect.stringContaining(sentence)],
    ]);
});

test.each<[string, object]>([
  ["vaultOperatorsGroupId is not the object id", { vaultOperatorsGroupId: "secrets-team" }],
  [
    "existingRoles.previewer is a role that can write or assign roles",
    { existingRoles: { previewer: "8E3AF657-a8ff-443c-a75c-2fe8c4bcb635" } },
  ],
  ["existingGroups.app is not the name of a", { existingGroups: { app: "rg otp" } }],
  ["existingGroups.pipeline is not the name of a", { existingGroups: { pipeline: "rg-ci." } }],
  ["existingIdentity.deployer is not the name of", { existingIdentity: { deployer: "-ci" } }],
  ["gitHub.issuer is not an https address", { gitHub: { issuer: "token.acme.test" } }],
  ["existingRoles.deployer is not a GUID", { existingRoles: { deployer: "Contributor" } }],
  ["onCallGroupId is not the object id", { onCallGroupId: "00000000-0000-0000-0000-000000000000" }],
])("describeInvalid() reports about bootstrap.bicepparam: %s", (sentence, choice) => {
  expect(describeInvalid(bootstrapValidators, choice)).toEqual([expect.stringContaining(sentence)]);
});

test("describeInvalid() reports an origin of a front that is not a host name", () => {
  const originHostNames = ["func.acme.test", "func.acme.test@evil.example"];
  expect(describeInvalid(frontValidators, { originHostNames })).toEqual([
    "originHostNames[1] is not a host name.",
  ]);
});

test("front.bicepparam may have 13 tags, because Front Door accepts 15 and the template sets two", () => {
  expect(describeInvalid(frontValidators, { extraTags: numbered(13) })).toEqual([]);
  expect(describeInvalid(frontValidators, { extraTags: numbered(14) })).toHaveLength(1);
});
