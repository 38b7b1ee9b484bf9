import type { Country } from "./phone-number.ts";

/** What a country's operators want of the sender of an SMS. */
interface SenderRule {
  /** `numbers`: no sender of letters gets through. `registered`: only a sender that was registered before does, as it is. */
  readonly takes: "numbers" | "registered";
  /** The page that says so, as read in November 2026. */
  readonly source: string;
}

const selfRegistration = "https://developer.8x8.com/connect/docs/sender-id-self-registration-module";
const telnyx = "https://developers.telnyx.com/docs/messaging/messages/international-sms-compliance";
const southAmerica = "https://support.wavecell.com/hc/en-us/sections/900000474246-North-South-America-SMS-Guidelines-";

/**
 * 8x8 publishes no table for all countries, so most of the sources are other providers of SMS. What 8x8 says is what counts.
 * Each row is in the table of docs/set-up-8x8.md too, with what to do.
 */
export const senderRules: Readonly<Partial<Record<Country, SenderRule>>> = {
  US: { takes: "numbers", source: telnyx },
  CA: { takes: "numbers", source: telnyx },
  AE: {
    takes: "registered",
    source: "https://messagecentral.com/en-in/blog/how-to-send-sms-to-the-uae",
  },
  AU: { takes: "registered", source: telnyx },
  CL: { takes: "registered", source: southAmerica },
  CN: {
    takes: "registered",
    source: "https://docs.aws.amazon.com/sms-voice/latest/userguide/registrations-china.html",
  },
  CO: { takes: "registered", source: southAmerica },
  FR: { takes: "registered", source: telnyx },
  ID: { takes: "registered", source: selfRegistration },
  IN: { takes: "registered", source: telnyx },
  PH: { takes: "registered", source: selfRegistration },
  SA: {
    takes: "registered",
    source: "https://support.wavecell.com/hc/en-us/articles/900003333866-SAUDI-ARABIA-SMS-Products-and-Compliance",
  },
  SG: {
    takes: "registered",
    source:
      "https://www.sgnic.sg/announcements/sgnic-news/announcement-details/2023/04/10/sender-ids-not-registered-with-the-ssir-will-be-blocked-after-six-months-transition-period-from-31-january-2023",
  },
  TH: { takes: "registered", source: selfRegistration },
  VN: {
    takes: "registered",
    source: "https://docs.aws.amazon.com/sms-voice/latest/userguide/registrations-country.html",
  },
};
