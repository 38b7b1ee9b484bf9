import type { Country } from "../src/rules/phone-number.ts";

/** Which senders a country's operators accept. */
interface SenderRule {
  /**
   * `numbers`: operators do not deliver an SMS whose sender has letters. `registered`: operators
   * block or replace a sender that is not registered.
   */
  readonly takes: "numbers" | "registered";
  /** What to register. "A name" means a sender name. */
  readonly register: string;
  /** The source, read in November 2026. */
  readonly source: string;
}

const selfRegistration =
  "https://developer.8x8.com/connect/docs/sender-id-self-registration-module";
const telnyx = "https://developers.telnyx.com/docs/messaging/messages/international-sms-compliance";
const southAmerica =
  "https://support.wavecell.com/hc/en-us/sections/900000474246-North-South-America-SMS-Guidelines-";

const numbers = (register: string, source: string): SenderRule => ({
  takes: "numbers",
  register,
  source,
});
const registered = (register: string, source: string): SenderRule => ({
  takes: "registered",
  register,
  source,
});

/**
 * 8x8 publishes no table for all countries, so most sources are other SMS providers. If 8x8 tells
 * you otherwise, follow 8x8. Brazil and Great Britain are not in the table, because they require no
 * registration according to Telnyx. Great Britain only recommends a registered name.
 */
export const senderRules: Readonly<Partial<Record<Country, SenderRule>>> = {
  US: numbers(
    "a 10DLC number with its campaign, a verified toll-free number or a short code",
    telnyx,
  ),
  CA: numbers("an approved number or a short code", telnyx),
  AE: registered(
    "a name, with the company's papers; numbers and general words are not allowed",
    "https://messagecentral.com/en-in/blog/how-to-send-sms-to-the-uae",
  ),
  AU: registered("a name", telnyx),
  CL: registered("the operator's short code", southAmerica),
  CN: registered(
    "signature and text, through a company registered in China; names are not allowed; takes 10 business days",
    "https://docs.aws.amazon.com/sms-voice/latest/userguide/registrations-china.html",
  ),
  CO: registered("the operator's short code", southAmerica),
  FR: registered("a name, with OACP", telnyx),
  ID: registered("a name, in 8x8's self-service; for companies from abroad", selfRegistration),
  // Without registration, operators replace the sender:
  // https://docs.aws.amazon.com/sms-voice/latest/userguide/registrations-sms-senderid-india.html
  // Source of the duration:
  // https://help.bulkgate.com/docs/en/text-sender-registration-india.html
  IN: registered(
    "company, header of 3 to 6 letters and text, on a DLT platform; takes 7 to 14 business days",
    telnyx,
  ),
  PH: registered("a name, in 8x8's self-service; the text must contain the name", selfRegistration),
  SA: registered(
    "name and text; takes 2 to 3 weeks",
    "https://support.wavecell.com/hc/en-us/articles/900003333866-SAUDI-ARABIA-SMS-Products-and-Compliance",
  ),
  SG: registered(
    "a name, with SSIR, which needs a Singapore company number (UEN); otherwise the name is shown as Likely-SCAM or blocked",
    "https://www.sgnic.sg/announcements/sgnic-news/announcement-details/2023/04/10/sender-ids-not-registered-with-the-ssir-will-be-blocked-after-six-months-transition-period-from-31-january-2023",
  ),
  TH: registered("a name, in 8x8's self-service", selfRegistration),
  VN: registered(
    "a name",
    "https://docs.aws.amazon.com/sms-voice/latest/userguide/registrations-country.html",
  ),
};
