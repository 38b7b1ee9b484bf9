import * as z from "zod";
import { isNetworkOf, isPrivate, isRange, isVast, overlap } from "./ranges.ts";

// Formats that the compiler does not check. Azure accepts values in a wrong format, or refuses them
// only after minutes. Each message is the end of a sentence that begins with the parameter's name.

const matching = (pattern: RegExp, words: string) => z.string().regex(pattern, words);
// Azure accepts the GUID of zeros, but no object has it.
export const isGuid = /^(?![0-]+$)[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;
const guid = matching(isGuid, "is not an object id, such as 3fa85f64-5717-4562-b3fc-2c963f66afa6");
const guidOrNone = matching(
  new RegExp(`${isGuid.source}|^$`, "i"),
  "is not the object id of a group, such as 3fa85f64-5717-4562-b3fc-2c963f66afa6, or empty",
);
const roleId = matching(isGuid, "is not a role's GUID from az role definition list");
// Azure Monitor can send to these addresses. setup.sh checks the same format.
export const mailAddress = /^[\w.%+'-]+@[a-z\d-]+(\.[a-z\d-]+)+$/i;
const mail = matching(mailAddress, "is not an e-mail address, such as on-call@acme.com");
const httpsUrl = z
  .url({ protocol: /^https$/, error: "is not an https address" })
  .regex(/^\S+$/, "contains a space");
const identity = matching(
  /^[a-z\d][\w-]{2,127}$/i,
  "is not the name of an identity (3 to 128 letters, digits, hyphens and underscores)",
);
const group = matching(/^[\w.()-]{0,89}[\w()-]$/, "is not the name of a resource group");
const text = z.string().min(1, "is empty");

const subscription = "(?![0-]+/)[\\da-f]{8}(?:-[\\da-f]{4}){3}-[\\da-f]{12}";
const idOf = (any: string, type: string, more = "") =>
  `/resourceGroups/${any}/providers/${type}/${any}${more && `${more}/${any}`}`;
const resourceId = (type: string, more = "") =>
  matching(
    new RegExp(`^/subscriptions/${subscription}${idOf("[^/]+", type, more)}$`, "i"),
    `is not a full resource id, such as /subscriptions/…${idOf("…", type, more)}`,
  );
const subnetId = resourceId("Microsoft.Network/virtualNetworks", "/subnets");
const workspaceId = resourceId("Microsoft.OperationalInsights/workspaces");
// Any ending is accepted, because sovereign clouds have other endings.
const zoneId = (name: string) =>
  resourceId("Microsoft.Network/privateDnsZones").regex(
    new RegExp(`/privatelink\\.${name.replace(".", "\\.")}\\.[a-z.]+$`, "i"),
    `is not this service's zone, privatelink.${name}.…`,
  );

// Storage accounts have the lowest limits:
// https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources#limitations
const tags = z
  .record(z.string(), z.string())
  .refine(
    (all) =>
      Object.entries(all).every(
        ([name, value]) => /^[^<>%&\\?/]{1,128}$/.test(name) && value.length <= 256,
      ),
    "has a tag that Azure refuses (name of 1 to 128 characters without <>%&\\?/; value of 256 at most)",
  );

const networkOf = (longest: number, example: string) =>
  z
    .string()
    .refine(
      (range) => isNetworkOf(range, longest),
      `is not an IPv4 range of /${longest} or larger that starts with its first address, such as ${example}`,
    )
    .nullish();
const network = z.object({
  addressPrefix: networkOf(24, "10.80.0.0/24"),
  operatorSubnet: networkOf(29, "10.80.1.0/28"),
  appSubnetId: subnetId.nullish(),
  endpointSubnetId: subnetId.nullish(),
  dnsZones: z
    .object({
      vault: zoneId("vaultcore"),
      blob: zoneId("blob.core"),
      table: zoneId("table.core").nullish(),
    })
    .nullish(),
});

export const mainValidators = z.object({
  extraTags: tags,
  identity: z.literal("").or(identity),
  network: network.refine(
    ({ addressPrefix, operatorSubnet }) =>
      !overlap(addressPrefix ?? "10.80.0.0/24", operatorSubnet ?? ""),
    {
      path: ["operatorSubnet"],
      error: "overlaps network.addressPrefix (default: 10.80.0.0/24); use a range outside it",
    },
  ),
  allowedIpRanges: z.array(
    z
      .string()
      .refine(
        isRange,
        "is not an address range that starts with its first address, such as 203.0.113.0/24",
      )
      .refine(
        (range) => !range.endsWith("/0"),
        "allows every address; leave the list empty instead",
      )
      .refine((range) => !isVast(range), "is a large part of the internet; use smaller ranges")
      .refine(
        (range) => !isPrivate(range),
        "is private; callers from the internet never have such an address",
      ),
  ),
  pageReceivers: z
    .object({
      emails: z.array(mail),
      sms: z
        .array(
          z.object({
            countryCode: matching(/^[1-9]\d{0,2}$/, "is not a calling code in digits, such as 49"),
            phoneNumber: matching(
              /^\d{4,14}$/,
              "is not a number in digits, without its calling code",
            ),
          }),
        )
        .nullish(),
      webhooks: z
        .array(z.object({ name: text, url: httpsUrl, objectId: guid, identifierUri: text }))
        .nullish(),
    })
    .nullish(),
  ticketEmails: z.array(mail),
  runbookUrl: z
    .literal("")
    .or(
      httpsUrl.regex(/^[^#]+$/, "has a fragment (#…); remove it, because each alert adds its own"),
    ),
  frontDoorId: z.literal("").or(matching(isGuid, "is not the front's output frontDoorId, a GUID")),
  workspaceId: z.literal("").or(workspaceId),
  dailyCapGb: z
    .number()
    .refine((gb) => gb !== 0, "is 0, which keeps no logs; use 1 or more, or -1 for no cap"),
});

const connection = z.object({ issuer: httpsUrl, subject: text });
export const bootstrapValidators = z.object({
  extraTags: tags,
  gitHub: z
    .object({
      owner: matching(/^[a-z\d-]+$/i, "is not the name of a user or an organization"),
      ownerId: z.number().positive("is not a GitHub id, a number above 0"),
      name: matching(/^[\w.-]+$/, "is not the name of a repository, without its owner"),
      id: z.number().positive("is not a GitHub id, a number above 0"),
      issuer: httpsUrl.nullish(),
    })
    .nullish(),
  azurePipelines: z.object({ deploy: connection, preview: connection }).nullish(),
  vaultOperatorsGroupId: guidOrNone,
  onCallGroupId: guidOrNone,
  accessAlertEmails: z.array(mail),
  existingGroups: z.object({ app: group.nullish(), pipeline: group.nullish() }),
  existingIdentity: z.object({
    app: identity.nullish(),
    deployer: identity.nullish(),
    previewer: identity.nullish(),
  }),
  existingRoles: z.record(z.string(), roleId),
});

/**
 * Returns a sentence for each invalid value. Values that only a deployment knows are not checked.
 */
export function describeInvalid(validators: z.ZodType, values: unknown): string[] {
  const { error } = validators.safeParse(values);
  return (error?.issues ?? [])
    .filter(({ code }) => code !== "invalid_type")
    .map(
      ({ path, message }) =>
        `${path
          .map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`))
          .join("")
          .slice(1)} ${message}.`,
    );
}
