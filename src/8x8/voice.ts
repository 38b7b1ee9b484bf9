import * as z from "zod";
import { findFor, type ByCountry } from "../delivery/phone-policy.ts";
import type { OtpDelivery } from "../delivery/otp-delivery.ts";
import type { PhoneNumber } from "../delivery/phone-number.ts";
import { spokenText, type VoiceProfiles } from "../delivery/texts.ts";
import { parseProviderId, providerCode, rejection, type ParsedReply } from "./reply.ts";

export interface VoiceSettings {
  /** Origin. */
  readonly url: string;
  readonly subAccount: string;
  /**
   * The numbers that call: one for every country, since 8x8 takes no call without. It has to have
   * them on its list.
   */
  readonly sources: ByCountry<string>;
  readonly profiles: VoiceProfiles;
}

/**
 * One call that reads the code three times, slowly:
 * https://developer.8x8.com/connect/reference/send-callflow
 */
export function createVoiceRequest(
  delivery: OtpDelivery,
  phoneNumber: PhoneNumber,
  settings: VoiceSettings,
) {
  const { text, voiceProfile } = spokenText(delivery, settings.profiles);
  return {
    path: `/api/v1/subaccounts/${encodeURIComponent(settings.subAccount)}/callflows`,
    body: {
      validUntil: delivery.expiresAt?.toISOString(),
      callflow: [
        {
          action: "makeCall",
          params: {
            source: findFor(settings.sources, phoneNumber),
            destination: phoneNumber.expose(),
          },
        },
        {
          action: "say",
          params: { text: text.expose(), voiceProfile, repetition: 3, speed: 0.75 },
        },
        { action: "hangup" },
      ],
    },
  };
}

const voiceReply = z.object({
  sessionStatus: z.enum(["CREATED", "NOT_CREATED"]),
  statusCode: z
    .union([z.literal(1), providerCode])
    .optional()
    .catch(undefined),
  sessionId: z.unknown().optional(),
});

/**
 * Created means with status code 1:
 * https://developer.8x8.com/connect/docs/voice/error-codes/voice-status-codes
 */
export function parseVoiceReply(body: unknown): ParsedReply | undefined {
  const reply = voiceReply.safeParse(body).data;
  if (reply === undefined) return undefined;
  const { sessionStatus, statusCode, sessionId } = reply;
  if (sessionStatus === "NOT_CREATED")
    return statusCode === undefined || statusCode === 1
      ? { accepted: false, code: sessionStatus }
      : rejection(statusCode);
  return statusCode === 1
    ? { accepted: true, ...parseProviderId(sessionId), code: sessionStatus }
    : undefined;
}
