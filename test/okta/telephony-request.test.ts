import { createHash } from "node:crypto";
import smsPreview from "../fixtures/okta/sms-preview.json" with { type: "json" };
import { parseTelephonyRequest } from "../../src/okta/telephony-request.ts";
import { hookBody, type HookChanges } from "../../tools/sandbox/okta.ts";

const hash = (text: string) => createHash("sha256").update(text).digest("hex");

function parse(body: unknown) {
  const parsed = parseTelephonyRequest(JSON.stringify(body), {
    hash,
    ownOrg: "login.example.co.uk",
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed));
  return parsed.codeRequest;
}
const withChanges = (changes: HookChanges) => parse(hookBody(changes));
const withProfile = (messageProfile: HookChanges["messageProfile"] = {}) =>
  withChanges({ messageProfile });
const dataWith = (changes: object): HookChanges => ({
  envelope: { data: { ...(hookBody() as { data: object }).data, ...changes } },
});

describe("Okta's published examples", () => {
  test("parseTelephonyRequest reads Okta's SMS preview", () => {
    const codeRequest = parse(smsPreview);
    expect(codeRequest).toMatchObject({
      channel: "sms",
      expiresAt: new Date("2022-01-28T21:48:34.321Z"),
      locale: "EN-US",
      clientIp: "127.0.0.1",
      eventId: "uS5871kJThSsU8qlA1LTcg",
      requestType: "com.okta.user.telephony.pre-enrollment",
      oktaRequestId: "reqRgSk8IBBRhuo0YdlEDTmUw",
      oktaUserId: "00uyxxSknGtK8022w0g3",
      oddPaths: [],
    });
    const { phoneNumber, code, text } = codeRequest;
    expect([phoneNumber, code, text].map((redacted) => redacted?.expose())).toEqual([
      ...["9876543210", "11111", "(HOOK)Your code is 11111"],
    ]);
  });

  test("parseTelephonyRequest reads a phone number and a code that are numbers, as in Okta's OpenAPI example", () => {
    const { phoneNumber, code } = withProfile({ phoneNumber: 9_876_543_210, otpCode: 11_111 });
    expect([phoneNumber.expose(), code.expose()]).toEqual(["9876543210", "11111"]);
  });
});

describe("what Okta's documents leave open", () => {
  test.each([
    ["sms", ["SMS", "sms", " Sms "]],
    [
      "voice",
      ["CALL", "call", "Voice", "voice call", "Voice Call", "voice_call", "PHONE-CALL", " voice "],
    ],
  ])("parseTelephonyRequest reads the channel %s from each of %j", (channel, words) => {
    for (const deliveryChannel of words)
      expect(withProfile({ deliveryChannel }).channel).toBe(channel);
  });

  test.each([
    ["0001", "0001"],
    ["0123456789", "0123456789"],
    [123456, "123456"],
  ])("parseTelephonyRequest reads the code %j as %s", (otpCode, code) => {
    expect(withProfile({ otpCode }).code.expose()).toBe(code);
  });

  test.each<[unknown, string | undefined]>([
    ["2030-01-28T21:48:34.321Z", "2030-01-28T21:48:34.321Z"],
    ["2030-01-28T21:48:34Z", "2030-01-28T21:48:34.000Z"],
    ["2030-01-28T21:48:34.3210000Z", "2030-01-28T21:48:34.321Z"],
    ["2030-01-28T22:48:34+01:00", "2030-01-28T21:48:34.000Z"],
    ...[undefined, null, ""].map((none): [unknown, undefined] => [none, undefined]),
  ])("parseTelephonyRequest reads otpExpires %s as %s", (otpExpires, expected) => {
    const { expiresAt, oddPaths } = withProfile({ otpExpires });
    expect([expiresAt?.toISOString(), oddPaths]).toEqual([expected, []]);
  });

  test.each([
    ["com.okta.user.telephony.pre-enrollment", undefined, "enrollment"],
    [
      "com.okta.user.telephony.MFA-verification",
      "com.okta.user.telephony.mfa-verification",
      "sign-in",
    ],
    ["com.okta.user.telephony.account-unlock", undefined, "recovery"],
    ["com.okta.user.telephony.password-reset", undefined, "recovery"],
    ["com.okta.user.telephony.something-new", "other", "unknown"],
    ["jane.doe", "other", "unknown"],
    ["", "other", "unknown"],
  ])(
    "parseTelephonyRequest reads the request type %s as %s, and the code's kind as %s",
    (requestType, read = requestType, kind) => {
      expect(withChanges({ envelope: { requestType } })).toMatchObject({ requestType: read, kind });
    },
  );

  test.each([undefined, null])(
    "parseTelephonyRequest accepts %j in all optional fields",
    (absent) => {
      const names = [
        "eventId",
        "eventTime",
        "eventTypeVersion",
        "contentType",
        "cloudEventVersion",
        "source",
        "requestType",
      ];
      const { messageProfile } = (
        hookBody({ messageProfile: { locale: absent } }) as { data: { messageProfile: object } }
      ).data;
      const data = { messageProfile, context: absent, userProfile: absent };
      const envelope = { ...Object.fromEntries(names.map((name) => [name, absent])), data };
      expect(withChanges({ envelope })).toMatchObject({
        channel: "sms",
        kind: "unknown",
        oddPaths: [],
        locale: undefined,
        eventId: undefined,
        requestType: undefined,
        clientIp: undefined,
        oktaRequestId: undefined,
        oktaUserId: undefined,
        oktaOrg: undefined,
      });
    },
  );

  test("parseTelephonyRequest drops unknown fields, and the user's login and names", () => {
    const codeRequest = withChanges({
      userProfile: { mobilePhone: "1" },
      envelope: { debug: "x" },
      request: { a: 1 },
    });
    expect(Object.keys(codeRequest).sort()).toEqual(
      [
        ...[
          "channel",
          "clientIp",
          "code",
          "eventId",
          "expiresAt",
          "kind",
          "locale",
          "oktaRequestId",
        ],
        ...[
          "oddPaths",
          "oktaOrg",
          "oktaUserId",
          "phoneNumber",
          "requestType",
          "templateWithoutCode",
          "text",
        ],
      ].sort(),
    );
    expect(JSON.stringify(codeRequest)).not.toMatch(/test\.user|"test"|mobilePhone/);
  });

  test("parseTelephonyRequest ignores a field named __proto__", () => {
    const text = JSON.stringify(hookBody()).replace(
      '"eventId"',
      '"__proto__":{"channel":"voice"},"eventId"',
    );
    expect(parseTelephonyRequest(text, { hash })).toMatchObject({
      codeRequest: { channel: "sms" },
    });
    expect(({} as Record<string, unknown>)["channel"]).toBeUndefined();
  });
});

describe("an unexpected value in an optional field", () => {
  test.each<[string, HookChanges]>([
    ["eventId", { envelope: { eventId: true } }],
    ["source", { envelope: { source: 1 } }],
    ["requestType", { envelope: { requestType: {} } }],
    ["data.context", dataWith({ context: "x" })],
    ["data.context.request.id", { request: { id: [1] } }],
    ["data.context.request.ipAddress", { request: { ipAddress: ["8.8.8.8"] } }],
    ["data.userProfile", dataWith({ userProfile: [] })],
    ["data.userProfile.userId", { userProfile: { userId: {} } }],
    ["data.messageProfile.msgTemplate", { messageProfile: { msgTemplate: 1 } }],
    ["data.messageProfile.locale", { messageProfile: { locale: 1 } }],
    ...["tomorrow", "2030-02-31T00:00:00Z", 1900000000].map((otpExpires): [string, HookChanges] => [
      "data.messageProfile.otpExpires",
      { messageProfile: { otpExpires } },
    ]),
  ])(
    "parseTelephonyRequest drops an unexpected value of %s, and adds the path to oddPaths: %j",
    (path, changes) => {
      const codeRequest = withChanges(changes);
      expect(codeRequest.oddPaths).toEqual([path]);
      expect(codeRequest.code.expose()).toBe("11111");
    },
  );

  test("parseTelephonyRequest drops all unexpected values, and keeps the other fields", () => {
    const messageProfile = { otpExpires: 1, locale: {}, msgTemplate: "Your code is 11111" };
    const codeRequest = withChanges({ envelope: { eventId: {} }, messageProfile });
    expect(codeRequest.oddPaths).toEqual([
      "eventId",
      "data.messageProfile.otpExpires",
      "data.messageProfile.locale",
    ]);
    expect(codeRequest).toMatchObject({
      oktaUserId: "00uyxxSknGtK8022w0g3",
      eventId: undefined,
      expiresAt: undefined,
    });
    expect(codeRequest.text?.expose()).toBe("Your code is 11111");
  });
});

describe("a template", () => {
  const withTemplate = (msgTemplate: unknown) => withProfile({ msgTemplate, otpCode: "123456" });

  test.each(["Your code is 123456", "G-123456.", "1-2-3-4-5-6", "12\u00a03456 gilt 5 Minuten"])(
    "parseTelephonyRequest uses a template with the code as the text: %s",
    (msgTemplate) => {
      expect(withTemplate(msgTemplate)).toMatchObject({ templateWithoutCode: false });
      expect(withTemplate(msgTemplate).text?.expose()).toBe(msgTemplate);
    },
  );

  test.each(["", " \n\t", undefined, null])(
    "parseTelephonyRequest returns no text for an empty or absent template, and no odd path: %j",
    (msgTemplate) => {
      expect(withTemplate(msgTemplate)).toMatchObject({
        text: undefined,
        templateWithoutCode: false,
        oddPaths: [],
      });
    },
  );

  test.each(["Your code is ${code}", "Your code is 654321", "1234567", "0123456", "12345"])(
    "parseTelephonyRequest returns no text for a template without the code, and reports the template: %s",
    (msgTemplate) => {
      expect(withTemplate(msgTemplate)).toMatchObject({
        text: undefined,
        templateWithoutCode: true,
      });
    },
  );
});

test.each([
  ["https://example.okta.com/api/v1/inlineHooks/cal1", "example.okta.com"],
  ["https://Login.Example.co.uk:8443/x", "login.example.co.uk"],
  ["https://login.elsewhere.example/x", hash("login.elsewhere.example")],
  ["https://jane.doe.okta.com/x", hash("jane.doe.okta.com")],
  ["https://4915123456789.okta.com/x", hash("4915123456789.okta.com")],
  ["https://okta.com.elsewhere.example/x", hash("okta.com.elsewhere.example")],
  ["https://84067315/x", undefined],
  ["https://+4915123456789@10.0.0.1/x", undefined],
  ["+4915123456789", undefined],
  [`https://${"a".repeat(250)}.com/`, undefined],
])(
  "oktaOrg is the host in source, and is hashed if the host is neither Okta's nor the issuer's: %s",
  (source, oktaOrg) => {
    expect(withChanges({ envelope: { source } }).oktaOrg).toBe(oktaOrg);
  },
);

test.each([
  ["a number", "12025550123"],
  ["a number among letters", "to-12025550123-now"],
  ["a code with dashes", "aaaaaaaaaa-482-133-bbbb"],
  ["digits alone", "1-2-3_4-5_6_7-8-9"],
  ["a login", "jane.doe@example.com"],
  ["a name", "wilhelmine-drosselbart"],
  ["too short", "uS5871kJThSsU8q"],
  ["an ID and a name", "uS5871kJThSsU8qlA1LTcg jane"],
  ["an ID and a line break", "uS5871kJThSsU8qlA1LTcg\n"],
])("parseTelephonyRequest hashes an ID that is %s, and adds the ID's path to oddPaths", (_, id) => {
  const odd = withChanges({ envelope: { eventId: id }, request: { id } });
  expect([odd.eventId, odd.oktaRequestId]).toEqual([hash(id), hash(id)]);
  expect(odd.oddPaths).toEqual(["eventId", "data.context.request.id"]);
});

test.each([
  ["32 hexadecimal digits", "9bd56c51123456789a064a14bd4f1a86", "9bd56c51123456789a064a14bd4f1a86"],
  ["a UUID", "3f2a9c1e-1234-4567-8901-123456789abc", "3f2a9c1e-1234-4567-8901-123456789abc"],
  ["empty", "", undefined],
])("parseTelephonyRequest does not hash an ID that is %s", (_, id, expected) => {
  const parsed = withChanges({ envelope: { eventId: id }, request: { id } });
  expect([parsed.eventId, parsed.oktaRequestId, parsed.oddPaths]).toEqual([expected, expected, []]);
});

test.each([
  ["12025550123"],
  ["1202555012300uyxxSknGtK8022w0g3"],
  ["00uyxxSknGtK8022w0g3.jane"],
  ["00u12025550123"],
  [""],
])(
  "parseTelephonyRequest drops a user's ID that may contain a name or a phone number: %j",
  (userId) => {
    const { oktaUserId, oddPaths } = withChanges({ userProfile: { userId } });
    expect([oktaUserId, oddPaths]).toEqual([undefined, ["data.userProfile.userId"]]);
  },
);

test("parseTelephonyRequest keeps a user's ID with digits before letters", () => {
  const userId = "00u1l57JzYs5WpXAl5d7";
  const { oktaUserId, oddPaths } = withChanges({ userProfile: { userId } });
  expect([oktaUserId, oddPaths]).toEqual([userId, []]);
});
