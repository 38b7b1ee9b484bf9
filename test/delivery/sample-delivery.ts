import { OtpCode, RawPhoneNumber } from "../../src/delivery/redacted.ts";
import type { OtpDelivery } from "../../src/delivery/otp-delivery.ts";
import { parsePhoneNumber, PhoneNumber } from "../../src/delivery/phone-number.ts";
import type { PhonePolicy } from "../../src/delivery/phone-policy.ts";

/** What Okta asks for in a plain case, before the changes. */
export function sampleDelivery(changes: Partial<OtpDelivery> = {}): OtpDelivery {
  return {
    channel: "sms",
    phoneNumber: new RawPhoneNumber("+12025550123"),
    code: new OtpCode("012345"),
    text: undefined,
    expiresAt: new Date("2030-01-01T00:05:00.000Z"),
    locale: "en",
    clientIp: undefined,
    eventId: "uS5871kJThSsU8qlA1LTcg",
    requestType: "com.okta.user.telephony.mfa-verification",
    oktaRequestId: "reqRgSk8IBBRhuo0YdlEDTmUw",
    templateWithoutCode: false,
    oddPaths: [],
    oktaOrg: "example.okta.com",
    oktaUserId: "00uyxxSknGtK8022w0g3",
    ...changes,
  };
}

/** As with no setting: every country is served. */
export const openPolicy: PhonePolicy = {
  mode: "enforce",
  allowedCountries: [],
  blockedCountries: [],
  allowedCallingCodes: [],
  defaultCountry: undefined,
};

export function samplePhoneNumber(written = "+12025550123"): PhoneNumber {
  const phoneNumber = parsePhoneNumber(new RawPhoneNumber(written), undefined);
  if (phoneNumber instanceof PhoneNumber) return phoneNumber;
  throw new Error(`The sample is ${phoneNumber}`);
}
