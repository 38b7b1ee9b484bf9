import { oktaChannels } from "../channels.ts";

/** Changes to the parts of the body. Undefined removes a field. */
export interface HookChanges {
  readonly envelope?: Record<string, unknown>;
  readonly request?: Record<string, unknown>;
  readonly userProfile?: Record<string, unknown>;
  readonly messageProfile?: Record<string, unknown>;
}

/**
 * Returns the body of the SMS preview that Okta published, with a code that has not expired. By
 * default, every body is an enrollment of the same user. In enforce mode, the guard refuses a
 * user's seventh code in a day. To send more codes, set `userId`.
 */
export function hookBody({
  envelope,
  request,
  userProfile,
  messageProfile,
}: HookChanges = {}): object {
  const now = Date.now();
  return {
    eventId: "uS5871kJThSsU8qlA1LTcg",
    eventTime: new Date(now).toISOString(),
    eventType: "com.okta.telephony.provider",
    eventTypeVersion: "1.0",
    contentType: "application/json",
    cloudEventVersion: "0.1",
    source: "https://example.okta.com/api/v1/inlineHooks/calz6lVQA77AwFeEe0g3",
    requestType: "com.okta.user.telephony.pre-enrollment",
    data: {
      context: {
        request: {
          id: "reqRgSk8IBBRhuo0YdlEDTmUw",
          method: "POST",
          url: {
            value: "/api/internal/v1/inlineHooks/com.okta.telephony.provider/generatePreview",
          },
          ipAddress: "127.0.0.1",
          ...request,
        },
      },
      userProfile: {
        firstName: "test",
        lastName: "user",
        login: "test.user@okta.com",
        userId: "00uyxxSknGtK8022w0g3",
        ...userProfile,
      },
      messageProfile: {
        msgTemplate: "(HOOK)Your code is 11111",
        phoneNumber: "9876543210",
        otpExpires: new Date(now + 5 * 60_000).toISOString(),
        deliveryChannel: oktaChannels.sms.deliveryChannel,
        otpCode: "11111",
        locale: "EN-US",
        ...messageProfile,
      },
    },
    ...envelope,
  };
}
