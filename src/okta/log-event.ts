import * as z from "zod";
import type { Channel } from "../rules/channels.ts";
import * as words from "./words.ts";

const userId = words.userId.optional().catch(undefined);
const text = z.string().optional().catch(undefined);

/** Far more targets than any of Okta's events has. Further targets are not read, to save time. */
const targetsLimit = 100;

/** The entries are never enumerated, because the caller decides how many there are. */
const details = z.custom<Readonly<Record<string, unknown>>>(isObject).catch({});
type Details = z.infer<typeof details>;

/**
 * The fields of an event in Okta's System Log that we use. An optional field with an unexpected
 * value counts as absent.
 * https://developer.okta.com/docs/api/openapi/okta-management/management/tag/SystemLog/
 */
export const logEvent = z.object({
  uuid: z.guid(),
  published: z.iso.datetime({ offset: true }),
  eventType: z.string(),
  actor: z.object({ id: userId }).catch({ id: undefined }),
  outcome: z.object({ result: text, reason: text }).catch({ result: undefined, reason: undefined }),
  debugContext: z.object({ debugData: details }).catch({ debugData: {} }),
  target: z
    .preprocess(
      (given) => (Array.isArray(given) ? given.slice(0, targetsLimit) : given),
      z.array(
        z
          .object({ type: text, id: userId, displayName: text, detailEntry: details })
          .catch({ detailEntry: {} }),
      ),
    )
    .catch([]),
});
export type LogEvent = z.infer<typeof logEvent>;

/**
 * Returns an empty string if there is no such detail. Okta's catalogue writes names with
 * underscores, its events in camel case.
 */
export function detailOf(given: Details, name: string): string {
  const value =
    given[name] ?? given[name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)];
  return typeof value === "string" || typeof value === "boolean" ? String(value) : "";
}

/**
 * Words for factors other than a phone, from Okta's catalogue and its knowledge base:
 * https://support.okta.com/help/s/article/how-to-locate-factor-information-in-okta-system-log
 */
const otherFactors =
  /(?<![a-z])(?:password|email|push|signed_nonce|fastpass|token|totp|hotp|otp|question|fido|u2f|webauthn|passkeys?|yubikey|duo|symantec|rsa|smart_?card|x509|cert|idp|tac)(?![a-z])/i;
const phone = /(?<![a-z])phone(?![a-z])/i;

/**
 * Returns the channel of the factor that an event is about, or undefined if the factor is not a
 * phone. The first field that names a channel counts. Okta's knowledge base documents the first two
 * fields, and its catalogue the third. The last field distinguishes the events of an enrolled
 * phone.
 */
export function factorChannelOf({
  debugContext,
  outcome,
  target,
}: LogEvent): Channel | "unknown-factor" | undefined {
  const fields = [
    ...["factor", "factorType"].map((name) => detailOf(debugContext.debugData, name)),
    ...target.map(({ detailEntry }) => detailOf(detailEntry, "methodTypeUsed")),
    outcome.reason ?? "",
  ];
  // Names of users and apps are left out: they may be the same as a factor's name.
  const names = target.map(({ type, displayName = "" }) =>
    type === "AuthenticatorEnrollment" ? displayName : "",
  );
  const channel = fields.map(channelIn).find((found) => found !== undefined);
  return channel ?? (isOtherFactor([...fields, ...names]) ? undefined : "unknown-factor");
}

function channelIn(field: string): Channel | undefined {
  return words.channelBy(({ factor }) => factor.test(field));
}

/** False for unknown words, because Okta may have a new word for a phone. */
function isOtherFactor(fields: readonly string[]): boolean {
  return !fields.some((one) => phone.test(one)) && fields.some((one) => otherFactors.test(one));
}

function isObject(given: unknown): boolean {
  return typeof given === "object" && given !== null && !Array.isArray(given);
}
