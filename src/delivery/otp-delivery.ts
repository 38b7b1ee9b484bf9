import type { MessageText, OtpCode, WrittenPhoneNumber } from "./concealed.ts";

export type Channel = "sms" | "voice";

/** What Okta asks for, in our words. */
export interface OtpDelivery {
  readonly channel: Channel;
  readonly phoneNumber: WrittenPhoneNumber;
  readonly code: OtpCode;
  /** Okta's rendered text, where it sent one that is not empty. */
  readonly text: MessageText | undefined;
  readonly expiresAt: Date | undefined;
  /** BCP 47 as Okta writes it: `en`, `EN-US`. */
  readonly locale: string | undefined;
  /** The end user's address, public or not. */
  readonly clientIp: string | undefined;
  readonly eventId: string | undefined;
  readonly requestType: string | undefined;
  readonly oktaRequestId: string | undefined;
  readonly oktaUserId: string | undefined;
}
