import type { OtpDelivery } from "../delivery/otp-delivery.ts";
import type { PhoneNumber } from "../delivery/phone-number.ts";
import { speak, type VoiceProfiles } from "../delivery/spoken-text.ts";
import { fieldsOf, providerId, rejection, type Verdict } from "./reply.ts";

export interface VoiceSettings {
  readonly subAccount: string;
  /** The number that calls. 8x8 has to have it on its list. */
  readonly source: string;
  readonly profiles: VoiceProfiles;
}

/** One call that reads the code three times, slowly: https://developer.8x8.com/connect/reference/send-callflow */
export function voiceRequest(delivery: OtpDelivery, phoneNumber: PhoneNumber, settings: VoiceSettings) {
  const { text, voiceProfile } = speak(delivery, settings.profiles);
  return {
    path: `/api/v1/subaccounts/${encodeURIComponent(settings.subAccount)}/callflows`,
    body: {
      validUntil: delivery.expiresAt?.toISOString(),
      callflow: [
        { action: "makeCall", params: { source: settings.source, destination: phoneNumber.reveal() } },
        { action: "say", params: { text: text.reveal(), voiceProfile, repetition: 3, speed: 0.75 } },
        { action: "hangup" },
      ],
    },
  };
}

export function readVoice(body: unknown): Verdict | undefined {
  const { sessionStatus, statusCode, sessionId } = fieldsOf(body);
  const id = providerId(sessionId);
  if (sessionStatus === "CREATED" && statusCode === 1) return { accepted: true, id, code: sessionStatus };
  return sessionStatus === "NOT_CREATED" ? rejection(statusCode) : undefined;
}
