import type { CodeKind } from "../delivery/otp-delivery.ts";

/**
 * As Okta's reference listed them until 2025. Its schema has an example and no list:
 * https://developer.okta.com/docs/api/openapi/okta-management/management/tags/inlinehook/webhooks/createtelephonyinlinehook
 */
const requestTypes: ReadonlyMap<string, CodeKind> = new Map([
  ["com.okta.user.telephony.pre-enrollment", "enrollment"],
  ["com.okta.user.telephony.mfa-verification", "sign-in"],
  ["com.okta.user.telephony.account-unlock", "recovery"],
  ["com.okta.user.telephony.password-reset", "recovery"],
]);

/** The type in Okta's words; `other` where it is none that is listed, which may be anything. */
export function requestTypeOf(written: string): string {
  const type = written.toLowerCase();
  return requestTypes.has(type) ? type : "other";
}

/** What a code is for. Okta need not say it, and may rename one. */
export function codeKindOf(written: string | undefined): CodeKind {
  return requestTypes.get(written?.toLowerCase() ?? "") ?? "unknown";
}
