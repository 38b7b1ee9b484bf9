import { createHash } from "node:crypto";
import openApiExample from "../fixtures/okta/openapi-example.json" with { type: "json" };
import smsPreview from "../fixtures/okta/sms-preview.json" with { type: "json" };
import voicePreview from "../fixtures/okta/voice-preview.json" with { type: "json" };
import type { OtpDelivery } from "../../src/delivery/otp-delivery.ts";
import { parseTelephonyRequest } from "../../src/okta/telephony-request.ts";
import { hookBody, type HookChanges } from "../../sandbox/okta.ts";

const hash = (text: string) => createHash("sha256").update(text).digest("hex");

function parse(body: unknown): OtpDelivery {
  const parsed = parseTelephonyRequest(JSON.stringify(body), { hash, ownOrg: "login.example.co.uk" });
  if ("causes" in parsed) throw new Error(JSON.stringify(parsed));
  return parsed;
}
const withProfile = (messageProfile: HookChanges["messageProfile"] = {}) => parse(hookBody({ messageProfile }));

describe("a body that Okta has published", () => {
  test("the SMS preview", () => {
    const delivery = parse(smsPreview);
    expect(delivery).toMatchObject({
      channel: "sms",
      expiresAt: new Date("2022-01-28T21:48:34.321Z"),
      locale: "EN-US",
      clientIp: "127.0.0.1",
      eventId: "uS5871kJThSsU8qlA1LTcg",
      requestType: "com.okta.user.telephony.pre-enrollment",
      oktaRequestId: "reqRgSk8IBBRhuo0YdlEDTmUw",
      oktaUserId: "00uyxxSknGtK8022w0g3",
    });
    expect(delivery.phoneNumber.expose()).toBe("9876543210");
    expect(delivery.code.expose()).toBe("11111");
    expect(delivery.text?.expose()).toBe("(HOOK)Your code is 11111");
  });

  test("the voice preview", () => {
    const delivery = parse(voicePreview);
    expect(delivery).toMatchObject({ channel: "voice", locale: "en" });
    expect(delivery.requestType).toBe("com.okta.user.telephony.mfa-verification");
  });

  test("the example with bare numbers and no request type", () => {
    const delivery = parse(openApiExample);
    expect(delivery.phoneNumber.expose()).toBe("9876543210");
    expect(delivery.code.expose()).toBe("11111");
    expect(delivery.requestType).toBeUndefined();
  });
});

describe("what Okta leaves loose", () => {
  test.each(["SMS", "sms", " Sms "])("%j is SMS", (deliveryChannel) => {
    expect(withProfile({ deliveryChannel }).channel).toBe("sms");
  });

  test.each(["CALL", "call", "Voice", "VOICE", "voice call", "Voice Call", "voice_call", "VOICE-CALL", " voice "])(
    "%j is voice",
    (deliveryChannel) => {
      expect(withProfile({ deliveryChannel }).channel).toBe("voice");
    },
  );

  test.each([
    ["0001", "0001"],
    ["012345", "012345"],
    ["0123456789", "0123456789"],
    [123456, "123456"],
  ])("the code %j is %s", (otpCode, code) => {
    expect(withProfile({ otpCode }).code.expose()).toBe(code);
  });

  test.each([undefined, null, "", "  ", "\n\t"])("msgTemplate %j is no text", (msgTemplate) => {
    expect(withProfile({ msgTemplate }).text).toBeUndefined();
  });

  test.each([undefined, null])("locale %j is none", (locale) => {
    expect(withProfile({ locale }).locale).toBeUndefined();
  });

  test.each([undefined, null, ""])("otpExpires %j is no expiry, and nothing odd", (otpExpires) => {
    expect(withProfile({ otpExpires })).toMatchObject({ expiresAt: undefined, oddPaths: [] });
  });

  test.each([
    ["2030-01-28T21:48:34.321Z", "2030-01-28T21:48:34.321Z"],
    ["2030-01-28T21:48:34Z", "2030-01-28T21:48:34.000Z"],
    ["2030-01-28T21:48:34.3210000Z", "2030-01-28T21:48:34.321Z"],
    ["2030-01-28T22:48:34+01:00", "2030-01-28T21:48:34.000Z"],
  ])("otpExpires %s is %s", (otpExpires, expected) => {
    expect(withProfile({ otpExpires }).expiresAt?.toISOString()).toBe(expected);
  });

  test.each([
    ["com.okta.user.telephony.MFA-verification", "com.okta.user.telephony.mfa-verification"],
    ["com.okta.user.telephony.new", "other"],
    ["jane.doe", "other"],
  ])("the request type %s is %s", (requestType, expected) => {
    expect(parse(hookBody({ envelope: { requestType } })).requestType).toBe(expected);
  });

  test.each([undefined, null])("a context and a user profile that are %j", (absent) => {
    const body = hookBody() as { data: Record<string, unknown> };
    body.data["context"] = absent;
    body.data["userProfile"] = absent;
    expect(parse(body)).toMatchObject({ clientIp: undefined, oktaRequestId: undefined, oktaUserId: undefined });
  });

  test.each(["eventId", "eventTime", "eventTypeVersion", "contentType", "cloudEventVersion", "source", "requestType"])(
    "an envelope without %s",
    (field) => {
      expect(parse(hookBody({ envelope: { [field]: undefined } })).channel).toBe("sms");
    },
  );

  test("unknown fields, login and names among them, are left behind", () => {
    const delivery = parse(
      hookBody({ userProfile: { mobilePhone: "1" }, envelope: { debug: "x" }, request: { a: 1 } }),
    );
    expect(Object.keys(delivery).sort()).toEqual(
      [
        ...["channel", "clientIp", "code", "eventId", "expiresAt", "kind", "locale", "oktaRequestId"],
        ...["oddPaths", "oktaOrg", "oktaUserId", "phoneNumber", "requestType", "templateWithoutCode", "text"],
      ].sort(),
    );
    expect(JSON.stringify(delivery)).not.toMatch(/test\.user|"test"|mobilePhone/);
  });

  test("a field named __proto__ changes nothing", () => {
    const text = JSON.stringify(hookBody()).replace('"eventId"', '"__proto__":{"channel":"voice"},"eventId"');
    expect(parseTelephonyRequest(text, { hash })).toMatchObject({ channel: "sms" });
    expect(({} as Record<string, unknown>)["channel"]).toBeUndefined();
  });
});

test.each([
  ["https://example.okta.com/api/v1/inlineHooks/cal1", "example.okta.com"],
  ["https://dev-12345678.oktapreview.com/x", "dev-12345678.oktapreview.com"],
  ["https://Login.Example.co.uk:8443/x", "login.example.co.uk"],
  ["https://login.elsewhere.example/x", hash("login.elsewhere.example")],
  ["https://jane.doe.okta.com/x", hash("jane.doe.okta.com")],
  ["https://4915123456789.okta.com/x", hash("4915123456789.okta.com")],
  ["https://okta.com.elsewhere.example/x", hash("okta.com.elsewhere.example")],
  ["https://84067315/x", undefined],
  ["https://+4915123456789@10.0.0.1/x", undefined],
  ["https://localhost/x", undefined],
  ["+4915123456789", undefined],
  [`https://${"a".repeat(250)}.com/`, undefined],
])("the org is the host of the source, hashed where it is neither Okta's nor the issuer's: %s", (source, oktaOrg) => {
  expect(parse(hookBody({ envelope: { source } })).oktaOrg).toBe(oktaOrg);
});

test("ids in the forms of Okta's examples go on", () => {
  const ids = { eventId: "uS5871kJThSsU8qlA1LTcg", oktaRequestId: "reqRgSk8IBBRhuo0YdlEDTmUw" };
  const body = hookBody({
    envelope: { eventId: ids.eventId, requestType: "com.okta.user.telephony.mfa-verification" },
    request: { id: ids.oktaRequestId },
    userProfile: { userId: "00uyxxSknGtK8022w0g3" },
  });
  expect(parse(body)).toMatchObject({
    ...ids,
    oktaUserId: "00uyxxSknGtK8022w0g3",
    requestType: "com.okta.user.telephony.mfa-verification",
    oddPaths: [],
  });
});

test("a user's id may have digits before its letters", () => {
  const { oktaUserId, oddPaths } = parse(hookBody({ userProfile: { userId: "00u1l57JzYs5WpXAl5d7" } }));
  expect([oktaUserId, oddPaths]).toEqual(["00u1l57JzYs5WpXAl5d7", []]);
});

test.each([
  ["a number", "12025550123"],
  ["a number among letters", "to-12025550123-now"],
  ["a code with dashes", "aaaaaaaaaa-482-133-bbbb"],
  ["digits alone", "1-2-3_4-5_6_7-8-9"],
  ["a login", "jane.doe@example.com"],
  ["a name", "wilhelmine-drosselbart"],
  ["a short one", "uS5871kJThSsU8q"],
  ["a sentence", "Your code is 123456"],
  ["more than an id", "aA".repeat(33)],
  ["a name behind an id", "uS5871kJThSsU8qlA1LTcg jane"],
  ["a line behind an id", "uS5871kJThSsU8qlA1LTcg\n"],
])("%s in the place of an id goes on as its keyed hash, by which events join, and is counted as odd", (_, id) => {
  const odd = parse(hookBody({ envelope: { eventId: id }, request: { id } }));
  expect([odd.eventId, odd.oktaRequestId]).toEqual([hash(id), hash(id)]);
  expect(odd.oddPaths).toEqual(["eventId", "data.context.request.id"]);
});

test.each([
  ["32 hexadecimal digits", "9bd56c51123456789a064a14bd4f1a86", "9bd56c51123456789a064a14bd4f1a86"],
  ["a UUID", "3f2a9c1e-1234-4567-8901-123456789abc", "3f2a9c1e-1234-4567-8901-123456789abc"],
  ["nothing", "", undefined],
])("%s in the place of an id stays what it is", (_, id, expected) => {
  const parsed = parse(hookBody({ envelope: { eventId: id }, request: { id } }));
  expect([parsed.eventId, parsed.oktaRequestId, parsed.oddPaths]).toEqual([expected, expected, []]);
});

test.each([
  ["a number", "12025550123"],
  ["a number before an id", "1202555012300uyxxSknGtK8022w0g3"],
  ["a name behind an id", "00uyxxSknGtK8022w0g3.jane"],
  ["a number in an id", "00u12025550123"],
  ["nothing", ""],
])("%s in the place of a user's id goes no further, and is counted as odd", (_, userId) => {
  const { oktaUserId, oddPaths } = parse(hookBody({ userProfile: { userId } }));
  expect([oktaUserId, oddPaths]).toEqual([undefined, ["data.userProfile.userId"]]);
});
