import * as z from "zod";
import { findFor, type ByCountry } from "../delivery/phone-policy.ts";
import type { OtpDelivery } from "../delivery/otp-delivery.ts";
import type { PhoneNumber } from "../delivery/phone-number.ts";
import { isPublicAddress } from "../delivery/public-address.ts";
import { smsTextLimit, templateText, writtenText, type Templates } from "../delivery/texts.ts";
import { parseProviderId, providerCode, rejection, type ParsedReply } from "./reply.ts";
import { reasonOfDescription } from "./status-codes.ts";

export interface SmsSettings {
  /** Origin. */
  readonly url: string;
  readonly subAccount: string;
  /** At most 16 characters each. 8x8 chooses for a country without one. */
  readonly senders: ByCountry<string | undefined>;
  /** Their texts take the place of Okta's. */
  readonly templates: Templates;
  /** Whether the end user's public address is passed on, for 8x8's rate rules. */
  readonly sendClientIp: boolean;
  /** Whether used codes are reported to 8x8, which has to be announced when the SMS is sent. */
  readonly sendFeedback: boolean;
}

const clientMessageIdLimit = 350;

/** One SMS by the Messages API: https://developer.8x8.com/connect/reference/send-sms-single */
export function createSmsRequest(
  delivery: OtpDelivery,
  phoneNumber: PhoneNumber,
  settings: SmsSettings,
) {
  const { eventId, clientIp } = delivery;
  const sendsClientIp =
    settings.sendClientIp && clientIp !== undefined && isPublicAddress(clientIp);
  const text =
    templateText(settings.templates, phoneNumber, delivery) ?? writtenText(delivery, smsTextLimit);
  return {
    path: `/api/v1/subaccounts/${encodeURIComponent(settings.subAccount)}/messages`,
    body: {
      destination: phoneNumber.expose(),
      text: text.expose(),
      source: findFor(settings.senders, phoneNumber),
      encoding: "AUTO",
      clientMessageId: eventId?.slice(0, clientMessageIdLimit),
      expiry: delivery.expiresAt?.toISOString(),
      clientIp: sendsClientIp ? clientIp : undefined,
      track: settings.sendFeedback ? "Outcome" : undefined,
    },
  };
}

const smsReply = z.object({
  umid: z.unknown().optional(),
  status: z.object({
    code: z.enum(["QUEUED", "REJECTED"]),
    description: z.string().optional().catch(undefined),
  }),
});

const smsError = z.object({ code: providerCode });

/** A 200 can say REJECTED, and then the only reason given is a sentence. */
export function parseSmsReply(body: unknown, httpStatus: number): ParsedReply | undefined {
  if (httpStatus >= 300) {
    const error = smsError.safeParse(body).data;
    return error && rejection(error.code);
  }
  const reply = smsReply.safeParse(body).data;
  if (reply === undefined) return undefined;
  const { umid, status } = reply;
  return {
    accepted: status.code === "QUEUED",
    ...parseProviderId(umid),
    code: status.code,
    reason: reasonOfDescription(status.description ?? ""),
  };
}
