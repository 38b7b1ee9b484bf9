import type { OtpDelivery } from "../../src/delivery/otp-delivery.ts";
import { parseTelephonyRequest } from "../../src/okta/telephony-request.ts";
import { hookBody, type HookChanges } from "../../sandbox/okta.ts";

function parse(body: unknown): OtpDelivery {
  const parsed = parseTelephonyRequest(JSON.stringify(body), { hash: String });
  if ("causes" in parsed) throw new Error(JSON.stringify(parsed));
  return parsed;
}

function dataOf(body: object): object {
  return (body as { data: object }).data;
}

describe("a field that only comfort and telemetry need, and that is not as documented, is read as absent and counted", () => {
  const changes: [string, HookChanges][] = [
    ["eventId", { envelope: { eventId: true } }],
    ["source", { envelope: { source: 1 } }],
    ["requestType", { envelope: { requestType: {} } }],
    ["data.context", { envelope: { data: { ...dataOf(hookBody()), context: "x" } } }],
    ["data.context.request.id", { request: { id: [1] } }],
    ["data.context.request.ipAddress", { request: { ipAddress: ["8.8.8.8"] } }],
    ["data.userProfile.userId", { userProfile: { userId: {} } }],
    ["data.messageProfile.otpExpires", { messageProfile: { otpExpires: "tomorrow" } }],
    ["data.messageProfile.otpExpires", { messageProfile: { otpExpires: "2030-02-31T00:00:00Z" } }],
    ["data.messageProfile.otpExpires", { messageProfile: { otpExpires: "2030-01-01T25:00:00Z" } }],
    ["data.messageProfile.msgTemplate", { messageProfile: { msgTemplate: 1 } }],
    ["data.messageProfile.locale", { messageProfile: { locale: 1 } }],
    ["data.messageProfile.otpExpires", { messageProfile: { otpExpires: 1900000000 } }],
    ["data.messageProfile.otpExpires", { messageProfile: { otpExpires: "2030-01-28t21:48:34z" } }],
    ["data.userProfile", { envelope: { data: { ...dataOf(hookBody()), userProfile: [] } } }],
  ];

  test.each(changes)("%s, with %j", (path, change) => {
    const delivery = parse(hookBody(change));
    expect(delivery.oddPaths).toEqual([path]);
    expect(delivery.code.expose()).toBe("11111");
  });

  test("all of them at once, and what is good is kept", () => {
    const userId = "00uyxxSknGtK8022w0g3";
    const messageProfile = { otpExpires: 1, locale: {}, msgTemplate: "Your code is 11111" };
    const delivery = parse(hookBody({ envelope: { eventId: {} }, messageProfile, userProfile: { userId } }));
    expect(delivery.oddPaths).toEqual(["eventId", "data.messageProfile.otpExpires", "data.messageProfile.locale"]);
    expect(delivery).toMatchObject({ oktaUserId: userId, eventId: undefined, expiresAt: undefined, locale: undefined });
    expect(delivery.text?.expose()).toBe("Your code is 11111");
  });

  test("but a body that lacks what is needed is malformed, by that alone", () => {
    const parsed = parseTelephonyRequest(
      JSON.stringify(hookBody({ envelope: { eventId: {} }, messageProfile: { otpCode: "x" } })),
      { hash: String },
    );
    expect(parsed).toMatchObject({ causes: [{ path: "data.messageProfile.otpCode" }] });
  });
});

describe("a template", () => {
  const withTemplate = (msgTemplate: string, otpCode = "123456") =>
    parse(hookBody({ messageProfile: { msgTemplate, otpCode } }));

  test.each(["Your code is 123456", "123 456", "G-123456.", "1-2-3-4-5-6", "12\u00a03456 gilt 5 Minuten", "123‑456"])(
    "that holds the code is the text: %s",
    (msgTemplate) => {
      expect(withTemplate(msgTemplate)).toMatchObject({ templateWithoutCode: false });
      expect(withTemplate(msgTemplate).text?.expose()).toBe(msgTemplate);
    },
  );

  test.each(["", " ", undefined, null])("that is empty or absent is none, and nothing odd: %j", (msgTemplate) => {
    const { text, templateWithoutCode } = parse(hookBody({ messageProfile: { msgTemplate } }));
    expect([text, templateWithoutCode]).toEqual([undefined, false]);
  });

  test.each(["Your code is ${code}", "Your code is 654321", "https://evil.example/", "1234567", "0123456", "12345"])(
    "that does not is none, and is reported: %s",
    (msgTemplate) => {
      expect(withTemplate(msgTemplate)).toMatchObject({ text: undefined, templateWithoutCode: true });
    },
  );
});
