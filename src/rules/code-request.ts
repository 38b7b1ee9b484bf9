import type { Channel } from "./channels.ts";
import type { MessageText, OtpCode, RawPhoneNumber, RequestBody } from "../privacy/redacted.ts";

/**
 * What a code is for. Only an enrollment's code goes to a number that is not verified yet.
 * `unknown` if Okta sends no request type, or one that we do not know.
 */
export type CodeKind = "enrollment" | "sign-in" | "recovery" | "unknown";

/** What Okta asks us to send. */
export interface CodeRequest {
  readonly channel: Channel;
  readonly phoneNumber: RawPhoneNumber;
  readonly code: OtpCode;
  /** Okta's rendered text. Undefined if it does not hold the code. */
  readonly text: MessageText | undefined;
  /** Okta sent a text without the code: an administrator's template is wrong. */
  readonly templateWithoutCode: boolean;
  readonly expiresAt: Date | undefined;
  /** BCP 47 as Okta writes it: `en`, `EN-US`. */
  readonly locale: string | undefined;
  /** The end user's address, public or not. */
  readonly clientIp: string | undefined;
  readonly eventId: string | undefined;
  /** `other` if we do not know the type. */
  readonly requestType: string | undefined;
  readonly kind: CodeKind;
  readonly oktaRequestId: string | undefined;
  readonly oktaUserId: string | undefined;
  /**
   * Host of the Okta org, because two orgs can send to one app. An unexpected host is hashed,
   * because it may hold anything.
   */
  readonly oktaOrg: string | undefined;
  /**
   * Paths of optional fields with undocumented values. These fields count as absent; ids are
   * hashed.
   */
  readonly oddPaths: readonly string[];
  /** Okta's request as it came, for the second hook. */
  readonly body: RequestBody;
  /** The request has our header: an app like this one has passed it on. */
  readonly passedOn: boolean;
}
