import * as z from "zod/mini";
import type { OtpDelivery } from "../delivery/otp-delivery.ts";
import type { PhoneNumber } from "../delivery/phone-number.ts";
import { isPublicAddress } from "../delivery/public-address.ts";
import { smsText } from "../delivery/sms-text.ts";
import { reasonOfCode, reasonOfDescription } from "./codes.ts";
import type { Verdict } from "./reply.ts";

export interface SmsSettings {
  readonly subAccount: string;
  /** At most 16 characters; without one 8x8 chooses. */
  readonly sender: string | undefined;
  /** Whether the end user's public address is passed on, for 8x8's rate rules. */
  readonly sendClientIp: boolean;
}

const longestClientMessageId = 350;

/** One SMS by the Messages API: https://developer.8x8.com/connect/reference/send-sms-single */
export function smsRequest(delivery: OtpDelivery, phoneNumber: PhoneNumber, settings: SmsSettings) {
  const { eventId, clientIp } = delivery;
  const sendsClientIp = settings.sendClientIp && clientIp !== undefined && isPublicAddress(clientIp);
  return {
    path: `/api/v1/subaccounts/${encodeURIComponent(settings.subAccount)}/messages`,
    body: {
      destination: phoneNumber.reveal(),
      text: smsText(delivery).reveal(),
      source: settings.sender,
      encoding: "AUTO",
      clientMessageId: eventId?.slice(0, longestClientMessageId),
      expiry: delivery.expiresAt?.toISOString(),
      clientIp: sendsClientIp ? clientIp : undefined,
    },
  };
}

/** 8x8's ids and codes go to Okta and to telemetry: what might be a phone number is none. */
export const providerId = z.catch(z.optional(z.string().check(z.regex(/^(?=.*[a-z-])[\w-]{1,64}$/i))), undefined);

const answered = z.object({
  umid: providerId,
  status: z.object({ code: z.enum(["QUEUED", "REJECTED"]), description: z.nullish(z.string()) }),
});
export const providerCode = z.int().check(z.gte(-99_999), z.lte(99_999));
const failed = z.object({ code: providerCode });

/** A 200 can say REJECTED, and then the only reason given is a sentence. */
export function readSms(body: unknown, httpStatus: number): Verdict | undefined {
  if (httpStatus >= 300) {
    const code = failed.safeParse(body).data?.code;
    return code === undefined ? undefined : { accepted: false, code: String(code), reason: reasonOfCode.get(code) };
  }
  const answer = answered.safeParse(body).data;
  if (answer === undefined) return undefined;
  const { umid: id, status } = answer;
  return {
    accepted: status.code === "QUEUED",
    id,
    code: status.code,
    reason: reasonOfDescription(status.description ?? ""),
  };
}
