import type { RequestType } from "../delivery/otp-delivery.ts";

/** https://developer.okta.com/docs/reference/telephony-hook/ */
const requestTypes: ReadonlyMap<string, RequestType> = new Map([
  ["com.okta.user.telephony.pre-enrollment", "enrolment"],
  ["com.okta.user.telephony.mfa-verification", "other"],
  ["com.okta.user.telephony.account-unlock", "other"],
  ["com.okta.user.telephony.password-reset", "other"],
]);

/** What a code is for. Okta's schema lists no values, and does not require one: one that nobody knows says nothing. */
export function requestTypeOf(written: string | undefined): RequestType {
  return requestTypes.get(written?.toLowerCase() ?? "") ?? "unknown";
}
