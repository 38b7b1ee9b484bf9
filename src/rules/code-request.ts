import type { Channel } from "./channels.ts";
import type { MessageText, OtpCode, RawPhoneNumber, RequestBody } from "../privacy/redacted.ts";

/** Only the code of an enrollment goes to a phone number that is not verified yet. */
export type CodeKind = "enrollment" | "sign-in" | "recovery" | "unknown";

export interface CodeRequest {
  readonly channel: Channel;
  readonly phoneNumber: RawPhoneNumber;
  readonly code: OtpCode;
  /** Okta's rendered text. Undefined if the text does not contain the code. */
  readonly text: MessageText | undefined;
  readonly templateWithoutCode: boolean;
  readonly expiresAt: Date | undefined;
  readonly locale: string | undefined;
  readonly clientIp: string | undefined;
  readonly eventId: string | undefined;
  readonly requestType: string | undefined;
  readonly kind: CodeKind;
  readonly oktaRequestId: string | undefined;
  readonly oktaUserId: string | undefined;
  /** An unexpected host is hashed, because it may hold anything. */
  readonly oktaOrg: string | undefined;
  /**
   * Paths of optional fields with undocumented values. If an id has an undocumented value, the id
   * is hashed. Any other such field counts as absent.
   */
  readonly oddPaths: readonly string[];
  /** The unchanged body of Okta's request, for the second hook. */
  readonly body: RequestBody;
  /** Whether the request has the header that this app adds when it passes a request on. */
  readonly passedOn: boolean;
}
