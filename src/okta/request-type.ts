import type { RequestType } from "../delivery/otp-delivery.ts";

/**
 * As Okta's reference listed them until 2025. Its schema has an example and no list:
 * https://developer.okta.com/docs/api/openapi/okta-management/management/tags/inlinehook/webhooks/createtelephonyinlinehook
 */
const requestTypes: ReadonlyMap<string, RequestType> = new Map([
  ["com.okta.user.telephony.pre-enrollment", "enrolment"],
  ["com.okta.user.telephony.mfa-verification", "other"],
  ["com.okta.user.telephony.account-unlock", "other"],
  ["com.okta.user.telephony.password-reset", "other"],
]);

/** What a code is for. Okta need not say it, and may say something new: that tells nothing. */
export function requestTypeOf(written: string | undefined): RequestType {
  return requestTypes.get(written?.toLowerCase() ?? "") ?? "unknown";
}
