import type { Channel } from "./channels.ts";
import type { MessageText, OtpCode, RawPhoneNumber } from "./redacted.ts";

/**
 * What a code is for. All but those for an enrollment go to a number that was confirmed once. Okta
 * may not say which it is.
 */
export type CodeKind = "enrollment" | "sign-in" | "recovery" | "unknown";

/** What Okta asks for, in our words. */
export interface OtpDelivery {
  readonly channel: Channel;
  readonly phoneNumber: RawPhoneNumber;
  readonly code: OtpCode;
  /** Okta's rendered text, where it sent one that holds the code. */
  readonly text: MessageText | undefined;
  /** Okta sent a text that does not hold the code: an administrator's template is wrong. */
  readonly templateWithoutCode: boolean;
  readonly expiresAt: Date | undefined;
  /** BCP 47 as Okta writes it: `en`, `EN-US`. */
  readonly locale: string | undefined;
  /** The end user's address, public or not. */
  readonly clientIp: string | undefined;
  readonly eventId: string | undefined;
  /** As Okta wrote it, and what that means. */
  readonly requestType: string | undefined;
  readonly kind: CodeKind;
  readonly oktaRequestId: string | undefined;
  readonly oktaUserId: string | undefined;
  /** Host of the org that sent the hook: two orgs may share one URL. */
  readonly oktaOrg: string | undefined;
  /**
   * Fields of Okta's that only comfort and telemetry need, and that were not as documented: read as
   * absent.
   */
  readonly oddPaths: readonly string[];
}
