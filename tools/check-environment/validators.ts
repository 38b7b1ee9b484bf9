import * as z from "zod";
import { isRange, isSubnet, isVast, overlaps, ownAddresses } from "./ranges.ts";

// Formats that Bicep's types cannot express. Azure accepts some wrong values, and refuses others
// only after minutes. Each message completes a sentence that begins with the parameter's name.

const matching = (pattern: RegExp, words: string) => z.string().regex(pattern, words);
// Azure accepts a GUID of zeros, although no object has this id.
const isGuid = /^(?![0-]+$)[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;
const guid = matching(isGuid, "is not a GUID, such as 3fa85f64-5717-4562-b3fc-2c963f66afa6");
const digits = matching(/^\d+$/, "has other characters than digits. Write +49 as 49");
const guidOrNone = matching(
  new RegExp(`${isGuid.source}|^$`, "i"),
  "is not the object id of a group, such as 3fa85f64-5717-4562-b3fc-2c963f66afa6, or empty",
);
// Azure Monitor can send to these addresses. The script setup.sh checks the same format.
const mailAddress = /^[\w.%+'-]+@[a-z\d-]+(\.[a-z\d-]+)+$/i;
const mails = z.array(matching(mailAddress, "is not an e-mail address, such as on-call@acme.com"));
const httpsUrl = matching(/^https:\/\/\S+$/, "is not an https address");

// https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources#limitations
const isTag = ([name, value]: readonly [string, string]) =>
  /^(?!azure|microsoft|windows)[^<>%&\\?/]{1,128}$/i.test(name) && value.length <= 256;
/** @param most Azure's maximum number of tags, minus the tags that our templates set. */
const tags = (most: number) =>
  z
    .record(z.string(), z.string())
    .refine(
      (all) => Object.entries(all).every(isTag),
      "has a tag that Azure refuses (name of 1 to 128 characters without <>%&\\?/, not beginning with azure, microsoft or windows; value of 256 at most)",
    )
    .refine((all) => Object.keys(all).length <= most, `has more than ${most} tags`);

const callers = z.array(
  z
    .string()
    .refine(
      isRange,
      "is not an address range that starts with its first address, such as 203.0.113.0/24",
    )
    .refine((range) => !isVast(range), "is a large part of the internet, so use smaller ranges"),
);

// https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq#what-address-ranges-can-i-use-in-my-virtual-networks
const subnet = (smallest: number, example: string, none?: "") =>
  z
    .string()
    .refine(
      (text) => text === none || isSubnet(text, smallest),
      `is not an IPv4 range of /${smallest} or larger that starts with its first address, such as ${example}`,
    )
    .nullish();
const ownNetwork = z
  .object({
    addressPrefix: subnet(26, ownAddresses),
    operatorSubnet: subnet(29, "10.80.1.0/28", ""),
  })
  .refine((own) => !overlaps(own.operatorSubnet ?? "", own.addressPrefix ?? ownAddresses), {
    path: ["operatorSubnet"],
    error: "overlaps addressPrefix, so use a range outside addressPrefix",
  });

// https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules
const groupName = matching(
  /^[\p{L}\p{N}_().-]*[\p{L}\p{N}_()-]$/u,
  "is not the name of a resource group",
);
const identityName = matching(/^[a-z\d][\w-]{2,127}$/i, "is not the name of an identity");
const workspaceName = matching(
  /^$|^[a-z\d][a-z\d-]{2,61}[a-z\d]$/i,
  "has not 4 to 63 letters, digits and hyphens, with no hyphen at either end",
);
const federation = z.object({ issuer: httpsUrl });

export const mainValidators = z.object({
  workspaceName,
  network: ownNetwork,
  // Azure's limit is 50 tags. Our template sets three tags on the storage account.
  extraTags: tags(47),
  allowedIpRanges: callers,
  pageReceivers: z
    .object({
      emails: mails,
      sms: z.array(z.object({ countryCode: digits, phoneNumber: digits })).nullish(),
      webhooks: z.array(z.object({ url: httpsUrl, objectId: guid })).nullish(),
    })
    .nullish(),
  ticketEmails: mails,
  runbookUrl: matching(
    /^$|^https:\/\/[^\s#]+$/,
    "is not an https address without spaces and without a fragment (#…), which each alert adds",
  ),
});

// Owner, Contributor, User Access Administrator, Role Based Access Control Administrator:
// https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/privileged
const writingRoles = [
  "8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
  "b24988ac-6180-42a0-ab88-20f7382dd24c",
  "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9",
  "f58310d9-a9f6-439a-9e8d-f62e7b41a168",
];
const readingRole = guid.refine(
  (role) => !writingRoles.includes(role.toLowerCase()),
  "is a role that can write or assign roles, and any branch can sign in as the previewer. Use a role with the actions of previewerRole in grants.bicep",
);

export const bootstrapValidators = z.object({
  gitHub: z.object({ issuer: httpsUrl.nullish() }).nullish(),
  azurePipelines: z.object({ deploy: federation, preview: federation }).nullish(),
  existingGroups: z.record(z.string(), groupName.nullish()),
  existingIdentity: z.record(z.string(), identityName.nullish()),
  existingRoles: z.object({
    deployer: guid.nullish(),
    previewer: readingRole.nullish(),
    secretsWriter: guid.nullish(),
  }),
  extraTags: tags(48),
  vaultOperatorsGroupId: guidOrNone,
  onCallGroupId: guidOrNone,
  accessAlertEmails: mails,
});

// Front Door's limit is 15 tags. Our template sets two tags.
export const frontValidators = z.object({
  extraTags: tags(13),
  allowedIpRanges: callers,
  originHostNames: z.array(matching(/^[a-z\d.-]+$/i, "is not a host name")),
});

/** Skips values that are not known before the deployment. */
export function describeInvalid(validators: z.ZodType, values: unknown): string[] {
  const { error } = validators.safeParse(values);
  return (error?.issues ?? [])
    .filter(({ code }) => code !== "invalid_type")
    .map(({ path, message }) => `${z.core.toDotPath(path)} ${message}.`);
}
