import * as z from "zod";
import type { CodeKind, CodeRequest } from "../rules/code-request.ts";
import { parseJson, parseLeniently } from "../privacy/json.ts";
import type { Malformed } from "../rules/outcome.ts";
import { MessageText, OtpCode, RawPhoneNumber, isOpaqueId } from "../privacy/redacted.ts";
import { holdsCode } from "../rules/texts.ts";
import { channelBy, isOktaHost, userId } from "./words.ts";

// In Okta's schema, all these fields are optional strings. Okta's example has numbers in some of
// them, because its YAML lacks the quotes.
// https://developer.okta.com/docs/api/openapi/okta-management/management/tags/inlinehook/webhooks/createtelephonyinlinehook
const textOrNumber = z.union([z.string(), z.int().nonnegative().transform(String)]);
const text = z.string().nullish();

const channel = z.string().transform((value, context) => {
  const word = value.toLowerCase().replaceAll(/[\s_-]/g, "");
  const known = channelBy(({ deliveryChannel }) => deliveryChannel.includes(word));
  if (known === undefined) context.issues.push({ code: "custom", input: undefined });
  return known ?? z.NEVER;
});

const instant = z
  .string()
  .regex(/T\d\d:\d\d:\d\d/)
  .pipe(z.iso.datetime({ offset: true }));

// The order matters, because the first wrong field gives the answer its reason.
export const telephonyRequest = z.object({
  eventType: z.literal("com.okta.telephony.provider"),
  eventId: text,
  source: text,
  requestType: text,
  data: z.object({
    context: z.object({ request: z.object({ id: text, ipAddress: text }).nullish() }).nullish(),
    userProfile: z.object({ userId: userId.nullish() }).nullish(),
    messageProfile: z.object({
      phoneNumber: textOrNumber.pipe(z.string().min(1)),
      otpCode: textOrNumber.pipe(z.string().regex(/^\d{4,10}$/)),
      deliveryChannel: channel,
      msgTemplate: text,
      otpExpires: z.union([instant, z.literal("")]).nullish(),
      locale: text,
    }),
  }),
});

/** Without these fields, there is nothing to send. */
const required = new Set([
  ...["body", "eventType", "data", "data.messageProfile"],
  ...["phoneNumber", "otpCode", "deliveryChannel"].map((name) => `data.messageProfile.${name}`),
]);

/** Ids and hosts that have an unexpected format are hashed, because they may hold anything. */
interface IdHashing {
  readonly hash: (text: string) => string;
  readonly ownOrg?: string | undefined;
}

type ParsedCodeRequest = Omit<CodeRequest, "body" | "passedOn">;

/** Drops unknown fields, such as names and logins. */
export function parseTelephonyRequest(
  body: string,
  ids: IdHashing,
): { readonly ok: true; readonly codeRequest: ParsedCodeRequest } | Malformed {
  const json = parseJson(body);
  if (json === undefined) return malformedRequest("not-json");
  const parsed = parseLeniently(telephonyRequest, json, required);
  if (!parsed.ok) return malformedAt(parsed.invalidPaths);
  const { eventId, source, requestType, data } = parsed.value;
  const oddPaths = [...parsed.oddPaths];
  const { phoneNumber, otpCode, deliveryChannel, msgTemplate, otpExpires, locale } =
    data.messageProfile;
  const code = new OtpCode(otpCode);
  const knownId = (id: string | null | undefined, path: string): string | undefined => {
    if (!id || isOpaqueId(id)) return id || undefined;
    oddPaths.push(path);
    return ids.hash(id);
  };
  const template = msgTemplate?.trim() ? msgTemplate : undefined;
  const withCode = template !== undefined && holdsCode(template, code);
  const codeRequest = {
    channel: deliveryChannel,
    phoneNumber: new RawPhoneNumber(phoneNumber),
    code,
    text: template !== undefined && withCode ? new MessageText(template) : undefined,
    templateWithoutCode: template !== undefined && !withCode,
    expiresAt: otpExpires ? new Date(otpExpires) : undefined,
    locale: locale ?? undefined,
    clientIp: data.context?.request?.ipAddress ?? undefined,
    eventId: knownId(eventId, "eventId"),
    requestType:
      requestType === undefined || requestType === null ? undefined : requestTypeOf(requestType),
    kind: codeKindOf(requestType ?? undefined),
    oktaRequestId: knownId(data.context?.request?.id, "data.context.request.id"),
    oktaUserId: data.userProfile?.userId ?? undefined,
    oktaOrg: orgOf(source ?? "", ids),
    oddPaths,
  };
  return { ok: true, codeRequest };
}

// Okta's reference listed these types until 2025. Okta's schema has an example but no list.
const requestTypes: ReadonlyMap<string, CodeKind> = new Map([
  ["com.okta.user.telephony.pre-enrollment", "enrollment"],
  ["com.okta.user.telephony.mfa-verification", "sign-in"],
  ["com.okta.user.telephony.account-unlock", "recovery"],
  ["com.okta.user.telephony.password-reset", "recovery"],
]);

function requestTypeOf(written: string): string {
  const type = written.toLowerCase();
  return requestTypes.has(type) ? type : "other";
}

function codeKindOf(written: string | undefined): CodeKind {
  return requestTypes.get(written?.toLowerCase() ?? "") ?? "unknown";
}

function orgOf(source: string, { hash, ownOrg }: IdHashing): string | undefined {
  const host = URL.parse(source)?.hostname ?? "";
  if (!/^(?=.{1,253}$)(?:[a-z\d-]+\.)+[a-z]{2,}$/.test(host)) return undefined;
  return isOktaHost(host) || host === ownOrg ? host : hash(host);
}

const reasonOfPath: ReadonlyMap<string, Malformed["reason"]> = new Map([
  ["eventType", "wrong-event-type"],
  ["data.messageProfile.deliveryChannel", "unknown-channel"],
  ["data.messageProfile.otpCode", "not-an-otp-code"],
]);

function malformedAt(paths: readonly string[]): Malformed {
  const causes = paths.map((path) => ({ path, reason: reasonOfPath.get(path) ?? "wrong-shape" }));
  return malformedRequest(causes[0]?.reason ?? "wrong-shape", causes);
}

export function malformedRequest(
  reason: Malformed["reason"],
  causes: Malformed["causes"] = [],
): Malformed {
  return { ok: false, outcome: "malformed", reason, causes };
}
