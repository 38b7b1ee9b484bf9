import type { Channel } from "./channels.ts";
import type { MessageText, OtpCode, RawPhoneNumber, RequestBody } from "../privacy/redacted.ts";

/** Only an enrollment's code goes to a number that is not verified yet. */
export type CodeKind = "enrollment" | "sign-in" | "recovery" | "unknown";

export interface CodeRequest {
  readonly channel: Channel;
  readonly phoneNumber: RawPhoneNumber;
  readonly code: OtpCode;
  /** Okta's rendered text. Undefined if it does not hold the code. */
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
  /** Two orgs can send to one app. An unexpected host is hashed, because it may hold anything. */
  readonly oktaOrg: string | undefined;
  /** Optional fields with undocumented values. They count as absent; ids are hashed. */
  readonly oddPaths: readonly string[];
  /** Okta's request as it came, for the second hook. */
  readonly body: RequestBody;
  /** The request has our header: an app like this one has passed it on. */
  readonly passedOn: boolean;
}
