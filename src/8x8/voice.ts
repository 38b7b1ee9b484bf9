import * as z from "zod/mini";
import type { OtpDelivery } from "../delivery/otp-delivery.ts";
import type { PhoneNumber } from "../delivery/phone-number.ts";
import { speak, type VoiceProfiles } from "../delivery/spoken-text.ts";
import { reasonOfCode } from "./codes.ts";
import type { Verdict } from "./reply.ts";
import { providerCode, providerId } from "./sms.ts";

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

const answered = z.object({ sessionStatus: z.string(), statusCode: providerCode, sessionId: providerId });

export function readVoice(body: unknown): Verdict | undefined {
  const answer = answered.safeParse(body).data;
  if (answer === undefined) return undefined;
  const { sessionStatus, statusCode, sessionId: id } = answer;
  if (sessionStatus === "CREATED" && statusCode === 1) return { accepted: true, id, code: sessionStatus };
  if (sessionStatus !== "NOT_CREATED") return undefined;
  return { accepted: false, code: String(statusCode), reason: reasonOfCode.get(statusCode) };
}
