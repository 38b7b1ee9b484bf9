import type { OtpDelivery } from "../delivery/otp-delivery.ts";
import type { PhoneNumber } from "../delivery/phone-number.ts";
import { isPublicAddress } from "../delivery/public-address.ts";
import { smsText } from "../delivery/sms-text.ts";
import { reasonOfDescription } from "./codes.ts";
import { fieldsOf, providerId, rejection, type Verdict } from "./reply.ts";

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

/** A 200 can say REJECTED, and then the only reason given is a sentence. */
export function readSms(body: unknown, httpStatus: number): Verdict | undefined {
  const { umid, status, code } = fieldsOf(body);
  if (httpStatus >= 300) return rejection(code);
  const { code: said, description } = fieldsOf(status);
  if (said !== "QUEUED" && said !== "REJECTED") return undefined;
  return {
    accepted: said === "QUEUED",
    id: providerId(umid),
    code: said,
    reason: typeof description === "string" ? reasonOfDescription(description) : undefined,
  };
}
