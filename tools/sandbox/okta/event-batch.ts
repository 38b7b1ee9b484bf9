import { randomUUID } from "node:crypto";
import { channelNames, type Channel } from "../../../src/rules/channels.ts";
import { oktaChannels } from "../channels.ts";

/** Changes to an event. Undefined removes a field. */
export interface EventChanges {
  readonly userId?: string;
  readonly published?: Date;
  readonly debugData?: object;
  readonly event?: Record<string, unknown>;
}

/**
 * Returns the body that Okta posts to an event hook:
 * https://developer.okta.com/docs/concepts/event-hooks/#sample-event-delivery-payload
 */
export function eventBatch(events: readonly unknown[]): object {
  return {
    eventType: "com.okta.event_hook",
    eventTypeVersion: "1.0",
    cloudEventsVersion: "0.1",
    contentType: "application/json",
    eventId: randomUUID(),
    eventTime: new Date().toISOString(),
    source: "https://example.okta.com/api/v1/eventHooks/whoql0HfiLGPWc8Jx0g3",
    data: { events },
  };
}

/** The names of the fields are from UserFactorDebugData in Okta's catalog. */
export function authenticatedBy(channel: Channel, changes: EventChanges = {}): object {
  const { factor } = oktaChannels[channel];
  return logEvent("user.authentication.auth_via_mfa", "Authentication of user via MFA", {
    ...changes,
    debugData: { factor, factorIntent: "LOGIN", ...changes.debugData },
    event: { target: [user(changes.userId), phone(channel)], ...changes.event },
  });
}

/**
 * In Okta's catalog, AuthenticatorEnrollmentDebugData has no factor, so only the target and the
 * reason name the channel.
 */
export function enrolledBy(channel: Channel, changes: EventChanges = {}): object {
  return logEvent(
    "user.mfa.factor.activate",
    "Activate factor or authenticator enrollment for user",
    {
      ...changes,
      event: {
        outcome: {
          result: "SUCCESS",
          reason: `User set up ${oktaChannels[channel].method} factor`,
        },
        target: [user(changes.userId), phone(channel)],
        ...changes.event,
      },
    },
  );
}

/**
 * Returns the events that Okta sends when a person uses a code. For an enrollment, these are two
 * events with the same time, one for SMS and one for voice:
 * https://support.okta.com/help/s/article/duplicated-user-mfa-factor-activate-events-for-sms-and-voice-enrollment-in-oie
 */
export function eventsOfUse(
  channel: Channel,
  requestType: string | undefined,
  changes: EventChanges = {},
): object[] {
  const type = requestType?.split(".").at(-1);
  const published = changes.published ?? new Date();
  if (type === "pre-enrollment")
    return channelNames.map((one) => enrolledBy(one, { ...changes, published }));
  const recovers = type === "password-reset" || type === "account-unlock";
  const debugData = recovers
    ? { factorIntent: "CREDENTIAL_RECOVERY", ...changes.debugData }
    : changes.debugData;
  return [authenticatedBy(channel, { ...changes, ...(debugData && { debugData }) })];
}

/** @param failover Whether Okta sent the code because the hook failed. */
export function sentByOkta(
  channel: Channel,
  failover: boolean,
  changes: EventChanges = {},
): object {
  const [type, failedOver, provider] = oktaChannels[channel].sentByOkta;
  return logEvent(type, "Send phone verification", {
    ...changes,
    debugData: {
      [failedOver]: String(failover),
      [provider]: "TELESIGN",
      countryCodeIso2: "US",
      phoneNumber: "+12025550123",
      ...changes.debugData,
    },
    event: { target: [user(changes.userId)], ...changes.event },
  });
}

export function hookFailed(changes: EventChanges = {}): object {
  return logEvent("inline_hook.executed", "Inline hook executed", {
    ...changes,
    debugData: {
      inlineHookType: "com.okta.telephony.provider",
      errorMessage: "The endpoint did not respond: timed out",
      ...changes.debugData,
    },
    event: { outcome: { result: "FAILURE", reason: "Inline hook failed" }, ...changes.event },
  });
}

export const oktaUserId = "00uyxxSknGtK8022w0g3";

function phone(channel: Channel): object {
  const { method } = oktaChannels[channel];
  return {
    id: "paz1",
    type: "AuthenticatorEnrollment",
    displayName: "Phone",
    detailEntry: { methodTypeUsed: method },
  };
}

function user(id = oktaUserId): object {
  return {
    id,
    type: "User",
    alternateId: "test.user@okta.com",
    displayName: "Test User",
    detailEntry: null,
  };
}

function logEvent(
  eventType: string,
  displayMessage: string,
  { userId, published, debugData, event }: EventChanges,
) {
  return {
    version: "0",
    severity: "INFO",
    uuid: randomUUID(),
    published: (published ?? new Date()).toISOString(),
    eventType,
    displayMessage,
    actor: user(userId),
    client: {
      ipAddress: "203.0.113.42",
      userAgent: { rawUserAgent: "Mozilla/5.0", os: "Windows", browser: "CHROME" },
    },
    outcome: { result: "SUCCESS", reason: null },
    transaction: { type: "WEB", id: "V04Oy4ubUOc5UuG6s9DyNQAABtc", detail: {} },
    debugContext: { debugData: { requestId: "6e5da4a8b3f2", ...debugData } },
    target: null,
    ...event,
  };
}
