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
])("describeInvalid() reports about main.bicepparam: %s", (sentence, choices) => {
  for (const choice of choices)
    expect([choice, describeInvalid(mainValidators, choice)]).toEqual([
      choice,
      [expect.stringContaining(sentence)],
    ]);
});

test.each<[string, object]>([
  ["vaultOperatorsGroupId is not the object id", { vaultOperatorsGroupId: "secrets-team" }],
  ["onCallGroupId is not the object id", { onCallGroupId: "00000000-0000-0000-0000-000000000000" }],
])("describeInvalid() reports about bootstrap.bicepparam: %s", (sentence, choice) => {
  expect(describeInvalid(bootstrapValidators, choice)).toEqual([expect.stringContaining(sentence)]);
});

test("front.bicepparam may have 13 tags, because Front Door accepts 15 and the template sets two", () => {
  expect(describeInvalid(frontValidators, { extraTags: numbered(13) })).toEqual([]);
  expect(describeInvalid(frontValidators, { extraTags: numbered(14) })).toHaveLength(1);
});
