import { findFor, type ByCountry } from "../rules/phone-policy.ts";
import type { CodeRequest } from "../rules/code-request.ts";
import type { PhoneNumber } from "../rules/phone-number.ts";
import { spokenText, type VoiceProfiles } from "../rules/texts.ts";

export interface VoiceSettings {
  readonly url: string;
  readonly subAccount: string;
  /** 8x8 refuses a call without a calling number, so `*` always has an entry. */
  readonly sources: ByCountry<string>;
  readonly profiles: VoiceProfiles;
}

/** https://developer.8x8.com/connect/reference/send-callflow */
export function createVoiceRequest(
  codeRequest: CodeRequest,
  phoneNumber: PhoneNumber,
  settings: VoiceSettings,
) {
  const { text, voiceProfile } = spokenText(codeRequest, settings.profiles);
  return {
    path: `/api/v1/subaccounts/${encodeURIComponent(settings.subAccount)}/callflows`,
    body: {
      validUntil: codeRequest.expiresAt?.toISOString(),
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
