import { RawPhoneNumber, RequestBody } from "../../src/privacy/redacted.ts";
import type { CodeRequest } from "../../src/rules/code-request.ts";
import { parseTelephonyRequest } from "../../src/okta/telephony-request.ts";
import { parsePhoneNumber, type PhoneNumber } from "../../src/rules/phone-number.ts";
import type { PhonePolicy } from "../../src/rules/phone-policy.ts";

const plainRequest = {
  eventType: "com.okta.telephony.provider",
  eventId: "uS5871kJThSsU8qlA1LTcg",
  source: "https://example.okta.com/api/v1/inlineHooks/calz6lVQA77AwFeEe0g3",
  requestType: "com.okta.user.telephony.mfa-verification",
  data: {
    context: { request: { id: "reqRgSk8IBBRhuo0YdlEDTmUw" } },
    userProfile: { userId: "00uyxxSknGtK8022w0g3" },
    messageProfile: {
      phoneNumber: "+12025550123",
      otpCode: "012345",
      deliveryChannel: "SMS",
      locale: "en",
      otpExpires: "2030-01-01T00:05:00.000Z",
    },
  },
};

export function sampleCodeRequest(changes: Partial<CodeRequest> = {}): CodeRequest {
  const written = JSON.stringify(plainRequest);
  const parsed = parseTelephonyRequest(written, { hash: String });
  if (!parsed.ok) throw new Error(`The sample cannot be parsed: ${parsed.reason}`);
  const body = new RequestBody(Buffer.from(written));
  return { ...parsed.codeRequest, body, passedOn: false, ...changes };
}

export const openPolicy: PhonePolicy = {
  mode: "enforce",
  allowedCountries: [],
  blockedCountries: [],
  allowedCallingCodes: [],
  blockedRanges: [],
  defaultCountry: undefined,
};

export function samplePhoneNumber(written = "+12025550123"): PhoneNumber {
  const parsed = parsePhoneNumber(new RawPhoneNumber(written), undefined);
  if (parsed.ok) return parsed.phoneNumber;
  throw new Error(`The sample cannot be parsed: ${parsed.reason}`);
}
