import type { Malformed } from "../../src/rules/outcome.ts";
import { parseTelephonyRequest } from "../../src/okta/telephony-request.ts";
import { hookBody, type HookChanges } from "../../tools/sandbox/okta.ts";

function failure(text: string): Malformed {
  const parsed = parseTelephonyRequest(text, { hash: String });
  if (!parsed.ok) return parsed;
  throw new Error("The body was parsed");
}

describe("a malformed body", () => {
  test.each(["", " ", "{", "nonsense", "a=b", "{'a':1}", '{"code": 123456789', "﻿"])(
    "parseTelephonyRequest refuses a body that is not JSON: %j",
    (text) => {
      expect(failure(text)).toMatchObject({ reason: "not-json", causes: [] });
    },
  );

  test.each(["null", "[]", "1", '"text"', "true"])(
    "parseTelephonyRequest refuses a body that is not an object: %s",
    (text) => {
      expect(failure(text)).toMatchObject({
        reason: "wrong-shape",
        causes: [{ path: "body", reason: "wrong-shape" }],
      });
    },
  );

  test.each([
    [
      "eventType",
      "wrong-event-type",
      { envelope: { eventType: "com.okta.oauth2.tokens.transform" } },
    ],
    ["eventType", "wrong-event-type", { envelope: { eventType: undefined } }],
    ["data", "wrong-shape", { envelope: { data: undefined } }],
    ["data.messageProfile", "wrong-shape", { envelope: { data: {} } }],
    ["data.messageProfile", "wrong-shape", { envelope: { data: { messageProfile: [] } } }],
    [
      "data.messageProfile.phoneNumber",
      "wrong-shape",
      { messageProfile: { phoneNumber: undefined } },
    ],
    ["data.messageProfile.phoneNumber", "wrong-shape", { messageProfile: { phoneNumber: "" } }],
    ["data.messageProfile.phoneNumber", "wrong-shape", { messageProfile: { phoneNumber: ["1"] } }],
    ...[undefined, "", "fax", "smsx", "__proto__", 1, ["SMS"]].map(
      (deliveryChannel) =>
        [
          "data.messageProfile.deliveryChannel",
          "unknown-channel",
          { messageProfile: { deliveryChannel } },
        ] as const,
    ),
    ...[
      undefined,
      "123",
      "12345678901",
      "12a4",
      "1234\n",
      "١٢٣٤",
      123,
      1234.5,
      -1234,
      ["1234"],
    ].map(
      (otpCode) =>
        [
          "data.messageProfile.otpCode",
          "not-an-otp-code",
          { messageProfile: { otpCode } },
        ] as const,
    ),
  ] as const)(
    "parseTelephonyRequest names the path %s and the reason %s for %j",
    (path, reason, changes: HookChanges) => {
      expect(failure(JSON.stringify(hookBody(changes)))).toMatchObject({
        reason,
        causes: [{ path, reason }],
      });
    },
  );

  test("parseTelephonyRequest names each path with a wrong value", () => {
    const { reason, causes } = failure(
      JSON.stringify(
        hookBody({
          messageProfile: { otpCode: "x", phoneNumber: undefined, deliveryChannel: "fax" },
        }),
      ),
    );
    expect(causes.map(({ path }) => path).sort()).toEqual([
      "data.messageProfile.deliveryChannel",
      "data.messageProfile.otpCode",
      "data.messageProfile.phoneNumber",
    ]);
    expect(causes[0]?.reason).toBe(reason);
  });

  test("parseTelephonyRequest never quotes a value of a malformed body", () => {
    const values = {
      otpCode: "8675309x",
      phoneNumber: ["+12025550123"],
      deliveryChannel: "telex",
      locale: 44,
      msgTemplate: 55,
    };
    const reported = JSON.stringify(
      failure(
        JSON.stringify(
          hookBody({ messageProfile: values, envelope: { eventType: "com.example" } }),
        ),
      ),
    );
    expect(reported).not.toMatch(/8675309|2025550123|telex|44|55|example/);
  });
});
