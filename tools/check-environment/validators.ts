import * as z from "zod";
import { isRange, isVast } from "./ranges.ts";

// Formats that Bicep's types cannot express. Azure accepts some wrong values, and refuses others
// only after minutes. Each message completes a sentence that begins with the parameter's name.

const matching = (pattern: RegExp, words: string) => z.string().regex(pattern, words);
// Azure accepts a GUID of zeros, although no object has this id.
const isGuid = /^(?![0-]+$)[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;
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

export const mainValidators = z.object({
  // Azure's limit is 50 tags. Our template sets three tags on the storage account.
  extraTags: tags(47),
  allowedIpRanges: callers,
  pageReceivers: z
    .object({ emails: mails, webhooks: z.array(z.object({ url: httpsUrl })).nullish() })
    .nullish(),
  ticketEmails: mails,
  runbookUrl: matching(
    /^$|^https:\/\/[^\s#]+$/,
    "is not an https address without spaces and without a fragment (#…), which each alert adds",
  ),
});

export const bootstrapValidators = z.object({
  extraTags: tags(48),
  vaultOperatorsGroupId: guidOrNone,
  onCallGroupId: guidOrNone,
  accessAlertEmails: mails,
});

// Front Door's limit is 15 tags. Our template sets two tags.
export const frontValidators = z.object({ extraTags: tags(13), allowedIpRanges: callers });

/** Skips values that are not known before the deployment. */
export function describeInvalid(validators: z.ZodType, values: unknown): string[] {
  const { error } = validators.safeParse(values);
  return (error?.issues ?? [])
    .filter(({ code }) => code !== "invalid_type")
    .map(({ path, message }) => `${z.core.toDotPath(path)} ${message}.`);
}
