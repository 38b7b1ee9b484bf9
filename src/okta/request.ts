import { MessageText, OtpCode, WrittenPhoneNumber } from "../delivery/concealed.ts";
import type { Channel, OtpDelivery } from "../delivery/otp-delivery.ts";
import { Fields } from "./fields.ts";

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

/** Only the words that tell the channels apart: Okta's own pages have written voice in all of these ways. */
const channels = new Map<string, Channel>([
  ["sms", "sms"],
  ["voice", "voice"],
  ["call", "voice"],
  ["voicecall", "voice"],
  ["phonecall", "voice"],
]);

/**
 * Reads the hook's body. Unknown fields are left behind; names and login among them. Okta's schema marks no field as
 * required. https://developer.okta.com/docs/api/openapi/okta-management/management/tags/inlinehook/webhooks/createtelephonyinlinehook
 */
export function parseHook(body: string): OtpDelivery | Malformed {
  const json = parseJson(body);
  if (json === undefined) return malformed("not-json");
  const hook = new Fields(json);
  hook.required("eventType", (value) => (value === "com.okta.telephony.provider" ? value : undefined));
  const eventId = hook.optional("eventId", textOrNumber);
  const requestType = hook.optional("requestType", text);
  const data = hook.object("data");
  const request = data.optionalObject("context").optionalObject("request");
  const oktaRequestId = request.optional("id", textOrNumber);
  const clientIp = request.optional("ipAddress", text);
  const oktaUserId = data.optionalObject("userProfile").optional("userId", textOrNumber);
  const profile = data.object("messageProfile");
  const phoneNumber = profile.required("phoneNumber", (value) => textOrNumber(value) || undefined);
  const code = profile.required("otpCode", otpCode);
  const channel = profile.required("deliveryChannel", channelOf);
  const msgTemplate = profile.optional("msgTemplate", text);
  const expiresAt = profile.optional("otpExpires", (value) => (value === "" ? "never" : instant(value)));
  const locale = profile.optional("locale", text);
  if (hook.wrongPaths.length > 0 || phoneNumber === undefined || code === undefined || channel === undefined)
    return wrongPaths(hook.wrongPaths);
  return {
    channel,
    phoneNumber: new WrittenPhoneNumber(phoneNumber),
    code: new OtpCode(code),
    text: msgTemplate?.trim() ? new MessageText(msgTemplate) : undefined,
    expiresAt: expiresAt === "never" ? undefined : expiresAt,
    locale,
    clientIp,
    eventId,
    requestType,
    oktaRequestId,
    oktaUserId,
  };
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** Okta's schema says string, its example shows bare numbers where a YAML writer left the quotes out. */
function textOrNumber(value: unknown): string | undefined {
  return Number.isSafeInteger(value) && Number(value) >= 0 ? String(value) : text(value);
}

function otpCode(value: unknown): string | undefined {
  const digits = textOrNumber(value) ?? "";
  return /^\d{4,10}$/.test(digits) ? digits : undefined;
}

function channelOf(value: unknown): Channel | undefined {
  return typeof value === "string" ? channels.get(value.toLowerCase().replaceAll(/[\s_-]/g, "")) : undefined;
}

/** A date and time of RFC 3339: https://www.rfc-editor.org/rfc/rfc3339#section-5.6 */
function instant(value: unknown): Date | undefined {
  const written = /^(\d{4}-\d\d-\d\d)T(?:[01]\d|2[0-3])(?::[0-5]\d){2}(?:\.\d+)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;
  const [at, day] = written.exec(text(value) ?? "") ?? [];
  if (at === undefined || day === undefined) return undefined;
  // JavaScript takes 31 February for 3 March.
  const midnight = new Date(`${day}T00:00:00Z`).toJSON() as string | null;
  return midnight?.startsWith(day) === true ? new Date(at) : undefined;
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
