import * as z from "zod";
import type { Channel } from "../rules/channels.ts";
import * as words from "./words.ts";

const userId = words.userId.optional().catch(undefined);
const text = z.string().optional().catch(undefined);

const targetsLimit = 100;

/** The caller decides how many entries there are, so the app never loops over them. */
const details = z.custom<Readonly<Record<string, unknown>>>(isObject).catch({});
type Details = z.infer<typeof details>;

// https://developer.okta.com/docs/api/openapi/okta-management/management/tag/SystemLog/
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

/** Okta's catalogue writes names with underscores. Okta's events write them in camel case. */
export function detailOf(given: Details, name: string): string {
  const value =
    given[name] ?? given[name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)];
  return typeof value === "string" || typeof value === "boolean" ? String(value) : "";
}

// https://support.okta.com/help/s/article/how-to-locate-factor-information-in-okta-system-log
const otherFactors =
  /(?<![a-z])(?:password|email|push|signed_nonce|fastpass|token|totp|hotp|otp|question|fido|u2f|webauthn|passkeys?|yubikey|duo|symantec|rsa|smart_?card|x509|cert|idp|tac)(?![a-z])/i;
const phone = /(?<![a-z])phone(?![a-z])/i;

/**
 * Returns the channel in the first field that names a channel. The first two fields are in Okta's
 * knowledge base, and the third is in Okta's event catalogue. The last field is in events about
 * enrolled phones. Returns undefined if the factor is not a phone.
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
  // Names of users and apps are left out, because they may contain the name of a factor.
  const names = target.map(({ type, displayName = "" }) =>
    type === "AuthenticatorEnrollment" ? displayName : "",
  );
  const channel = fields.map(channelIn).find((found) => found !== undefined);
  return channel ?? (isOtherFactor([...fields, ...names]) ? undefined : "unknown-factor");
}

function channelIn(field: string): Channel | undefined {
  return words.channelBy(({ factor }) => factor.test(field));
}

function isOtherFactor(fields: readonly string[]): boolean {
  return !fields.some((one) => phone.test(one)) && fields.some((one) => otherFactors.test(one));
}

function isObject(given: unknown): boolean {
  return typeof given === "object" && given !== null && !Array.isArray(given);
}
