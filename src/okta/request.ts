import * as z from "zod/mini";
import { MessageText, OtpCode, WrittenPhoneNumber } from "../delivery/concealed.ts";
import type { Channel, OtpDelivery } from "../delivery/otp-delivery.ts";

export type MalformedReason =
  | "not-json"
  | "wrong-shape"
  | "wrong-event-type"
  | "unknown-channel"
  | "not-an-otp-code"
  | "too-large"
  | "wrong-content-type";

/** What is wrong with a body. Causes name paths into it, never values from it. */
export interface Malformed {
  readonly reason: MalformedReason;
  readonly causes: readonly { readonly path: string; readonly reason: MalformedReason }[];
}

/** Okta's bodies are about 1 KB. */
export const bodyLimitBytes = 64 * 1024;

// Okta's schema says string for all of these and marks none as required; its example shows bare numbers where a YAML
// writer left the quotes out. https://developer.okta.com/docs/api/openapi/okta-management/management/tags/inlinehook/webhooks/createtelephonyinlinehook
const text = z.nullish(z.string());
const textOrNumber = z.pipe(
  z.union([z.string(), z.number().check(z.int(), z.nonnegative())]),
  z.transform((value) => String(value)),
);

/** What only telemetry and 8x8's clientMessageId are made of. */
const id = z.nullish(textOrNumber);

/** Only the words that tell the channels apart: Okta's own pages have written voice in all of these ways. */
const channels = new Map<string, Channel>([
  ["sms", "sms"],
  ["voice", "voice"],
  ["call", "voice"],
  ["voicecall", "voice"],
  ["phonecall", "voice"],
]);

const messageProfile = z.object({
  phoneNumber: textOrNumber.check(z.minLength(1)),
  otpCode: textOrNumber.check(z.regex(/^\d{4,10}$/)),
  deliveryChannel: z.pipe(
    z.string(),
    z.transform((value, context) => {
      const channel = channels.get(value.toLowerCase().replaceAll(/[\s_-]/g, ""));
      if (channel === undefined) context.issues.push({ code: "custom", input: value });
      return channel ?? z.NEVER;
    }),
  ),
  msgTemplate: text,
  otpExpires: z.nullish(z.union([z.iso.datetime({ offset: true }), z.literal("")])),
  locale: text,
});

const hook = z.object({
  eventType: z.literal("com.okta.telephony.provider"),
  eventId: id,
  requestType: text,
  data: z.object({
    context: z.nullish(z.object({ request: z.nullish(z.object({ id, ipAddress: text })) })),
    userProfile: z.nullish(z.object({ userId: id })),
    messageProfile,
  }),
});

/** Reads the hook's body. Unknown fields are left behind; names and login among them. */
export function parseHook(body: string): OtpDelivery | Malformed {
  const json = parseJson(body);
  if (json === undefined) return malformed("not-json");
  const parsed = hook.safeParse(json);
  if (!parsed.success) return wrongPaths(parsed.error.issues.map(({ path }) => path.join(".") || "body"));
  const { eventId, requestType, data } = parsed.data;
  const { messageProfile: profile } = data;
  return {
    channel: profile.deliveryChannel,
    phoneNumber: new WrittenPhoneNumber(profile.phoneNumber),
    code: new OtpCode(profile.otpCode),
    text: profile.msgTemplate?.trim() ? new MessageText(profile.msgTemplate) : undefined,
    expiresAt: profile.otpExpires ? new Date(profile.otpExpires) : undefined,
    locale: profile.locale ?? undefined,
    clientIp: data.context?.request?.ipAddress ?? undefined,
    eventId: eventId ?? undefined,
    requestType: requestType ?? undefined,
    oktaRequestId: data.context?.request?.id ?? undefined,
    oktaUserId: data.userProfile?.userId ?? undefined,
  };
}

export function isMalformed(parsed: OtpDelivery | Malformed): parsed is Malformed {
  return "causes" in parsed;
}

/** A body that is wrong as a whole. */
export function malformed(reason: MalformedReason): Malformed {
  return { reason, causes: [] };
}

const reasonOfPath: ReadonlyMap<string, MalformedReason> = new Map([
  ["eventType", "wrong-event-type"],
  ["data.messageProfile.deliveryChannel", "unknown-channel"],
  ["data.messageProfile.otpCode", "not-an-otp-code"],
]);

function wrongPaths(paths: readonly string[]): Malformed {
  const causes = paths.map((path) => ({ path, reason: reasonOfPath.get(path) ?? "wrong-shape" }));
  return { reason: causes[0]?.reason ?? "wrong-shape", causes };
}

/** The parser's own error quotes its input, so it goes no further. */
function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
