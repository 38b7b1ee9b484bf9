import * as z from "zod";

// What may go on as an id of Okta's: into telemetry, and some of it to 8x8. Okta documents no form, so these are the forms of its examples,
// and a number, a login or a sentence has none of them.

/** Of a person. Without one, nothing is known of who it was. */
export const userId = z.string().regex(/^00u(?=\d*[A-Za-z])[\dA-Za-z]{10,40}$/);

/** The orgs that are Okta's own hosts. https://developer.okta.com/docs/concepts/okta-organizations/ */
const oktaHost = /^[a-z][a-z\d-]{0,62}\.(?:(?:okta|oktapreview|okta-emea|okta-gov)\.com|okta\.mil)$/;

/** `source` is the hook's own URL in Okta. Its host, where that is a host name. */
export function orgOf(source: string, { hash, ownOrg }: KnownIds): string | undefined {
  const host = URL.parse(source)?.hostname ?? "";
  if (!/^(?=.{1,253}$)(?:[a-z\d-]+\.)+[a-z]{2,}$/.test(host)) return undefined;
  return oktaHost.test(host) || host === ownOrg ? host : hash(host);
}

/** What an id that may hold anything is replaced by. */
export interface KnownIds {
  /** Keyed, so that events still join and nobody finds what it is of. */
  readonly hash: (text: string) => string;
  /** The host of the configured issuer, where there is one. */
  readonly ownOrg?: string | undefined;
}
