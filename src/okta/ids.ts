import * as z from "zod";
import type { CodeKind } from "../delivery/otp-delivery.ts";

// What may go on as an id of Okta's: into telemetry, and some of it to 8x8. Okta documents no form,
// so these are the forms of its examples, and a number, a login or a sentence has none of them.

/** Of a person. Without one, nothing is known of who it was. */
export const userId = z.string().regex(/^00u(?=\d*[A-Za-z])[\dA-Za-z]{10,40}$/);

/**
 * The orgs that are Okta's own hosts. https://developer.okta.com/docs/concepts/okta-organizations/
 */
const oktaHost =
  /^[a-z][a-z\d-]{0,62}\.(?:(?:okta|oktapreview|okta-emea|okta-gov)\.com|okta\.mil)$/;

export function isOktaHost(host: string): boolean {
  return oktaHost.test(host);
}

/** `source` is the hook's own URL in Okta. Its host, where that is a host name. */
export function orgOf(source: string, { hash, ownOrg }: IdHashing): string | undefined {
  const host = URL.parse(source)?.hostname ?? "";
  if (!/^(?=.{1,253}$)(?:[a-z\d-]+\.)+[a-z]{2,}$/.test(host)) return undefined;
  return isOktaHost(host) || host === ownOrg ? host : hash(host);
}

/** How ids and hosts with unexpected formats, which may hold anything, are replaced. */
export interface IdHashing {
  /** Keyed. The same id has the same hash in every event. */
  readonly hash: (text: string) => string;
  /** Host of the configured issuer of access tokens. It is not hashed. */
  readonly ownOrg?: string | undefined;
}

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
