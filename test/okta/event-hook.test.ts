import { authenticatedBy, enrolledBy, eventBatch, hookFailed, oktaUserId, sentByOkta } from "../../sandbox/okta.ts";
import { parseEventHook, type EventBatch } from "../../src/okta/event-hook.ts";

const published = new Date("2026-11-25T09:00:00.123Z");

function read(...events: unknown[]): EventBatch {
  const batch = parseEventHook(JSON.stringify(eventBatch(events)));
  if (typeof batch === "string") throw new Error(batch);
  return batch;
}
const told = (event: object) => read(event).events;

describe("a used code", () => {
  test.each(["sms", "voice"] as const)("at sign-in, by %s", (channel) => {
    const event = authenticatedBy(channel, { published }) as { uuid: string };
    expect(read(event)).toEqual({
      events: [{ kind: "verified-code", channel, oktaEventId: event.uuid, oktaUserId, at: published }],
      unreadable: 0,
    });
  });

  test.each(["sms", "voice"] as const)("at enrolment, by %s, of the user who was enrolled", (channel) => {
    const admin = { id: "00uadmin000000000001", type: "User" };
    expect(told(enrolledBy(channel, { event: { actor: admin } }))).toMatchObject([
      { kind: "verified-code", channel, oktaUserId },
    ]);
  });

  test.each([
    ["SMS_FACTOR", "sms"],
    ["sms", "sms"],
    ["CALL_FACTOR", "voice"],
    ["Voice call", "voice"],
    ["PHONE_VOICE", "voice"],
    ["PASSWORD_AS_FACTOR", undefined],
    ["OKTA_VERIFY_PUSH", undefined],
    ["SIGNED_NONCE", undefined],
    ["TRANSMISSMS", undefined],
  ])("has its channel by the factor %s: %s", (factor, channel) => {
    const [event] = told(authenticatedBy("sms", { debugData: { factor } }));
    expect(event && "channel" in event ? event.channel : undefined).toBe(channel);
  });

  test("has its channel by the reason, then by the method, where no factor is named", () => {
    const debugData = { factor: undefined };
    const reason = { result: "SUCCESS", reason: "User verified CALL_FACTOR" };
    expect(told(authenticatedBy("sms", { debugData, event: { outcome: reason } }))).toMatchObject([
      { channel: "voice" },
    ]);
    expect(told(authenticatedBy("voice", { debugData }))).toMatchObject([{ channel: "voice" }]);
    expect(told(authenticatedBy("sms", { debugData, event: { target: null } }))).toEqual([]);
  });

  test.each(["FAILURE", "ABANDONED", "UNANSWERED", "DENY", undefined])("is none where its result is %s", (result) => {
    expect(told(authenticatedBy("sms", { event: { outcome: { result } } }))).toEqual([]);
  });

  test("is told without a user where none is named, or where what is named is no id", () => {
    for (const id of ["+12025550123", "12025550123", "test.user@okta.com", "", 7, null])
      expect(told(authenticatedBy("sms", { event: { actor: { id }, target: [{ type: "User", id }] } }))).toMatchObject([
        { kind: "verified-code", oktaUserId: undefined },
      ]);
  });
});

describe("a code through Okta's own provider", () => {
  test.each([
    ["sms", { isSmsHookFailover: "true" }],
    ["sms", { isSmsHookFailover: undefined, is_sms_hook_failover: true }],
    ["voice", { isCallHookFailover: "TRUE" }],
    ["voice", { isCallHookFailover: undefined, is_call_hook_failover: "true" }],
    ["voice", { isCallHookFailover: undefined, is_voice_hook_failover: "true" }],
  ] as const)("is a fallback by %s with %j", (channel, debugData) => {
    expect(told(sentByOkta(channel, false, { published, debugData }))).toEqual([
      {
        kind: "fallback",
        channel,
        country: "US",
        result: "SUCCESS",
        at: published,
        oktaUserId,
        oktaEventId: expect.any(String) as string,
      },
    ]);
  });

  test("is none where Okta does not say so", () => {
    expect(told(sentByOkta("sms", false))).toEqual([]);
    expect(told(sentByOkta("voice", true, { debugData: { isCallHookFailover: undefined } }))).toEqual([]);
  });

  test("is told without what is no country and no result of Okta's", () => {
    const debugData = { countryCodeIso2: "1202" };
    expect(told(sentByOkta("sms", true, { debugData, event: { outcome: { result: "+12025550123" } } }))).toMatchObject([
      { country: undefined, result: undefined },
    ]);
  });
});

describe("a hook that failed in Okta's eyes", () => {
  test.each([
    ["The endpoint timed out", "timeout"],
    ["Read Timeout", "timeout"],
    ["Endpoint returned HTTP status 503", "http-status"],
    ["Something of +12025550123", "other"],
    [undefined, "other"],
  ] as const)("is told without Okta's sentence: %j is %s", (errorMessage, reason) => {
    expect(told(hookFailed({ published, debugData: { errorMessage } }))).toMatchObject([
      { kind: "hook-failure", reason, at: published },
    ]);
  });

  test("counts where it is of our type only, in either spelling of the key", () => {
    expect(told(hookFailed({ debugData: { inlineHookType: "com.okta.saml.tokens.transform" } }))).toEqual([]);
    expect(told(hookFailed({ debugData: { inlineHookType: undefined } }))).toEqual([]);
    const debugData = { inlineHookType: undefined, inline_hook_type: "com.okta.telephony.provider" };
    expect(told(hookFailed({ debugData }))).toHaveLength(1);
  });
});

describe("a batch", () => {
  test("has each of its events read for itself, and those that cannot be read counted", () => {
    const withoutId = authenticatedBy("sms", { event: { uuid: "7" } });
    const withoutTime = authenticatedBy("sms", { event: { published: "yesterday" } });
    const another = authenticatedBy("sms", { event: { eventType: "user.session.start" } });
    const { events, unreadable } = read(
      ...[null, 7, "x", [], {}, withoutId, withoutTime, another, enrolledBy("voice"), hookFailed()],
    );
    expect(events.map(({ kind }) => kind)).toEqual(["verified-code", "hook-failure"]);
    expect(unreadable).toBe(7);
  });

  test.each([
    ["", "not-json"],
    ["{", "not-json"],
    ["null", "wrong-shape"],
    ["[]", "wrong-shape"],
    ['{"eventType":"com.okta.event_hook"}', "wrong-shape"],
    ['{"eventType":"com.okta.event_hook","data":{"events":{}}}', "wrong-shape"],
    ['{"eventType":"com.okta.telephony.provider","data":{"events":[]}}', "wrong-shape"],
  ])("is none: %j (%s)", (body, reason) => {
    expect(parseEventHook(body)).toBe(reason);
  });

  test("is none with more events than a body of Okta's has room for: each costs time, even a number", () => {
    const events = Array.from({ length: 2_001 }, () => 7);
    expect(parseEventHook(JSON.stringify({ eventType: "com.okta.event_hook", data: { events } }))).toBe("wrong-shape");
    expect(read(...events.slice(1))).toMatchObject({ unreadable: 2_000 });
  });

  test("may be empty", () => {
    expect(read()).toEqual({ events: [], unreadable: 0 });
  });
});
