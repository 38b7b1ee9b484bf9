import { isMalformed, parseTelephonyRequest, type Malformed } from "../../src/okta/telephony-request.ts";
import { hookBody, type HookChanges } from "../../sandbox/okta.ts";

function failure(text: string): Malformed {
  const parsed = parseTelephonyRequest(text);
  if (isMalformed(parsed)) return parsed;
  throw new Error("It was read");
}

describe("a malformed body", () => {
  test.each(["", " ", "{", "nonsense", "a=b", "{'a':1}", '{"code": 123456789', "﻿"])("not JSON: %j", (text) => {
    expect(failure(text)).toEqual({ reason: "not-json", causes: [] });
  });

  test.each(["null", "[]", "1", '"text"', "true"])("not an object: %s", (text) => {
    expect(failure(text)).toEqual({ reason: "wrong-shape", causes: [{ path: "body", reason: "wrong-shape" }] });
  });

  test.each([
    ["eventType", "wrong-event-type", { envelope: { eventType: "com.okta.oauth2.tokens.transform" } }],
    ["eventType", "wrong-event-type", { envelope: { eventType: undefined } }],
    ["eventType", "wrong-event-type", { envelope: { eventType: null } }],
    ["eventId", "wrong-shape", { envelope: { eventId: true } }],
    ["requestType", "wrong-shape", { envelope: { requestType: {} } }],
    ["data", "wrong-shape", { envelope: { data: undefined } }],
    ["data", "wrong-shape", { envelope: { data: "x" } }],
    ["data.messageProfile", "wrong-shape", { envelope: { data: {} } }],
    ["data.messageProfile", "wrong-shape", { envelope: { data: { messageProfile: [] } } }],
    ["data.context", "wrong-shape", { envelope: { data: { ...dataOf(hookBody()), context: "x" } } }],
    ["data.context.request.id", "wrong-shape", { request: { id: [1] } }],
    ["data.context.request.ipAddress", "wrong-shape", { request: { ipAddress: ["8.8.8.8"] } }],
    ["data.userProfile.userId", "wrong-shape", { userProfile: { userId: {} } }],
    ["data.messageProfile.phoneNumber", "wrong-shape", { messageProfile: { phoneNumber: undefined } }],
    ["data.messageProfile.phoneNumber", "wrong-shape", { messageProfile: { phoneNumber: null } }],
    ["data.messageProfile.phoneNumber", "wrong-shape", { messageProfile: { phoneNumber: "" } }],
    ["data.messageProfile.phoneNumber", "wrong-shape", { messageProfile: { phoneNumber: -1 } }],
    ["data.messageProfile.phoneNumber", "wrong-shape", { messageProfile: { phoneNumber: ["1"] } }],
    ["data.messageProfile.otpExpires", "wrong-shape", { messageProfile: { otpExpires: "tomorrow" } }],
    ["data.messageProfile.otpExpires", "wrong-shape", { messageProfile: { otpExpires: "2030-02-31T00:00:00Z" } }],
    ["data.messageProfile.otpExpires", "wrong-shape", { messageProfile: { otpExpires: "2030-01-01T25:00:00Z" } }],
    ["data.messageProfile.msgTemplate", "wrong-shape", { messageProfile: { msgTemplate: 1 } }],
    ["data.messageProfile.locale", "wrong-shape", { messageProfile: { locale: 1 } }],
    ...[undefined, null, "", "fax", "smsx", "voice mail", "constructor", "__proto__", 1, ["SMS"]].map(
      (deliveryChannel) =>
        ["data.messageProfile.deliveryChannel", "unknown-channel", { messageProfile: { deliveryChannel } }] as const,
    ),
    ...[
      ...[undefined, null, "", "123", "12345678901", "12a4", " 1234", "1234\n", "+1234", "12.34", "-1234", "١٢٣٤"],
      ...[123, 12345678901, 1234.5, -1234, true, ["1234"], { code: "1234" }],
    ].map((otpCode) => ["data.messageProfile.otpCode", "not-an-otp-code", { messageProfile: { otpCode } }] as const),
  ] as const)("%s: %s, with %j", (path, reason, changes: HookChanges) => {
    expect(failure(JSON.stringify(hookBody(changes)))).toEqual({ reason, causes: [{ path, reason }] });
  });

  test("has every cause told at once", () => {
    const { reason, causes } = failure(
      JSON.stringify(hookBody({ messageProfile: { otpCode: "x", phoneNumber: undefined, deliveryChannel: "fax" } })),
    );
    expect(causes.map(({ path }) => path).sort()).toEqual([
      "data.messageProfile.deliveryChannel",
      "data.messageProfile.otpCode",
      "data.messageProfile.phoneNumber",
    ]);
    expect(causes[0]?.reason).toBe(reason);
  });

  test("never has a value in what is told of it", () => {
    const values = {
      otpCode: "8675309x",
      phoneNumber: ["+12025550123"],
      deliveryChannel: "telex",
      locale: 44,
      msgTemplate: 55,
    };
    const told = JSON.stringify(
      failure(JSON.stringify(hookBody({ messageProfile: values, envelope: { eventType: "com.example" } }))),
    );
    expect(told).not.toMatch(/8675309|2025550123|telex|44|55|example/);
  });
});

function dataOf(body: object): object {
  return (body as { data: object }).data;
}
