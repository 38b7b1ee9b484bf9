import { MessageText, OtpCode } from "../../src/delivery/redacted.ts";
import type { OtpDelivery } from "../../src/delivery/otp-delivery.ts";
import { parseSmsReply, createSmsRequest, type SmsSettings } from "../../src/8x8/sms.ts";
import accepted from "../fixtures/8x8/sms-200.json" with { type: "json" };
import rejected from "../fixtures/8x8/sms-200-rejected.json" with { type: "json" };
import badRequest from "../fixtures/8x8/sms-400.json" with { type: "json" };
import unauthorized from "../fixtures/8x8/sms-401.json" with { type: "json" };
import upgradeRequired from "../fixtures/8x8/sms-426.json" with { type: "json" };
import { sampleDelivery, samplePhoneNumber } from "../delivery/sample-delivery.ts";
import { load } from "../settings/sample-settings.ts";

const { sms: settings } = load({ EIGHT_BY_EIGHT_SMS_SENDER: "Acme" }).channels;

/** As it goes over the wire. */
function request(changes: Partial<OtpDelivery> = {}, by: Partial<SmsSettings> = {}) {
  const { path, body } = createSmsRequest(sampleDelivery(changes), samplePhoneNumber(), { ...settings, ...by });
  return { path, body: JSON.parse(JSON.stringify(body)) as Record<string, unknown> };
}

describe("the request", () => {
  test("has all that the API offers for this job", () => {
    expect(request({ text: new MessageText("Your code is 012345"), clientIp: "8.8.8.8" })).toEqual({
      path: "/api/v1/subaccounts/acme_hq/messages",
      body: {
        destination: "+12025550123",
        text: "Your code is 012345",
        source: "Acme",
        encoding: "AUTO",
        clientMessageId: "uS5871kJThSsU8qlA1LTcg",
        expiry: "2030-01-01T00:05:00.000Z",
        clientIp: "8.8.8.8",
      },
    });
  });

  test("has only what is known", () => {
    expect(request({ eventId: undefined, expiresAt: undefined }, { senders: new Map() }).body).toEqual({
      destination: "+12025550123",
      text: "Your verification code is 012345",
      encoding: "AUTO",
    });
  });

  test("is our own sentence where Okta sent none", () => {
    expect(request({ locale: "nl", code: new OtpCode("0042") }).body["text"]).toBe("Uw verificatiecode is 0042");
  });

  test("is our own sentence where Okta's text is longer than 8x8 sends in ten parts", () => {
    const textOf = (length: number) => request({ text: new MessageText("ü".repeat(length)) }).body["text"];
    expect(textOf(670)).toHaveLength(670);
    expect(textOf(671)).toBe("Your verification code is 012345");
  });

  test("cuts an event id to what 8x8 takes", () => {
    expect(request({ eventId: "e".repeat(400) }).body["clientMessageId"]).toBe("e".repeat(350));
  });

  test.each(["127.0.0.1", "10.1.2.3", "::1", "not an address"])(
    "keeps %s back: it is no public address",
    (clientIp) => {
      expect(request({ clientIp }).body).not.toHaveProperty("clientIp");
    },
  );

  test("keeps the address back where the operator says so", () => {
    expect(request({ clientIp: "8.8.8.8" }, { sendClientIp: false }).body).not.toHaveProperty("clientIp");
  });

  test("is to be tracked where 8x8 will get feedback on it", () => {
    expect(request().body).not.toHaveProperty("track");
    expect(request({}, { sendFeedback: true }).body).toMatchObject({ track: "Outcome" });
  });

  test("has a sub-account with & in the path, encoded", () => {
    expect(request({}, { subAccount: "a&b.c-d_e" }).path).toBe("/api/v1/subaccounts/a%26b.c-d_e/messages");
  });
});

describe("the answer", () => {
  test("QUEUED is accepted, with the message's id", () => {
    expect(parseSmsReply(accepted, 200)).toMatchObject({
      accepted: true,
      id: "bda3d56d-1424-e711-813c-06ed3428fe67",
      code: "QUEUED",
    });
  });

  test("REJECTED in a 200 is not", () => {
    expect(parseSmsReply(rejected, 200)).toMatchObject({
      accepted: false,
      code: "REJECTED",
      reason: "expired-at-provider",
    });
  });

  test.each([
    ["Text value is missing", "invalid-text"],
    ["Invalid Text value. Reached max allowed limit", "invalid-text"],
    ["Invalid Source value. Reached max allowed limit", "invalid-sender"],
    ["Expiry time already reached", "expired-at-provider"],
    ["Invalid MSISDN format (not E.164 international number)", "invalid-number"],
    ["Insufficient balance", "no-credit"],
    ["Internal server error", undefined],
    ["", undefined],
  ])("REJECTED with %j has the reason %s", (description, reason) => {
    const body = { ...rejected, status: { code: "REJECTED", description } };
    expect(parseSmsReply(body, 200)).toMatchObject({ accepted: false, reason });
  });

  test.each([
    [badRequest, 400, "1002", "invalid-number"],
    [unauthorized, 401, "1200", "key-rejected"],
    [upgradeRequired, 426, "1014", "insecure-protocol"],
    [{ code: 1005 }, 400, "1005", "invalid-sender"],
  ] as const)("an error's envelope has the code: %j", (body, status, code, reason) => {
    expect(parseSmsReply(body, status)).toEqual({ accepted: false, code, reason });
  });

  test.each([
    ["nothing", undefined],
    ["null", null],
    ["text", "QUEUED"],
    ["an empty object", {}],
    ["no status", { ...accepted, status: undefined }],
    ["a status in words", { ...accepted, status: "QUEUED" }],
    ["another case", { ...accepted, status: { code: "queued" } }],
    ["a status of receipts", { ...accepted, status: { code: "SENT" } }],
    ["the status of a chat message", { ...accepted, status: { state: "queued" } }],
    ["an error's envelope", badRequest],
    ["a list", [accepted]],
  ])("in a 200, %s is not 8x8's shape", (_, body) => {
    expect(parseSmsReply(body, 200)).toBeUndefined();
  });

  test.each([
    ["QUEUED in an error", accepted],
    ["a code in words", { code: "1002" }],
    ["a fraction", { code: 1.5 }],
    ["HTML", undefined],
  ])("in an error, %s is not 8x8's shape", (_, body) => {
    expect(parseSmsReply(body, 400)).toBeUndefined();
  });

  test.each([undefined, null])("a message's id may be missing: %j", (umid) => {
    expect(parseSmsReply({ ...accepted, umid }, 200)).toEqual({ accepted: true, id: undefined, code: "QUEUED" });
  });

  test.each([5, null, {}, undefined])("a description that is no text, as %j, changes nothing", (description) => {
    expect(parseSmsReply({ umid: "an-id", status: { code: "QUEUED", description } }, 200)).toMatchObject({
      accepted: true,
    });
    expect(parseSmsReply({ status: { code: "REJECTED", description } }, 200)).toMatchObject({ accepted: false });
  });

  test("no description is reported: it can hold the number", () => {
    const body = { ...rejected, status: { code: "REJECTED", description: "Invalid MSISDN +12025550123" } };
    expect(JSON.stringify(parseSmsReply(body, 200))).not.toContain("2025550123");
  });
});

test.each([5, "", "12025550123", "sms-6591234567-1", "48213"])(
  "an id such as %j, which is no UUID, is none, and reported as odd",
  (umid) => {
    const body = { umid, status: { code: "QUEUED" } };
    expect(parseSmsReply(body, 200)).toMatchObject({ accepted: true, id: undefined, oddId: true });
  },
);

test.each([12025550123, 48213, 99_999])("a code such as %i, which 8x8 does not document, is none", (code) => {
  expect(parseSmsReply({ code }, 400)).toBeUndefined();
});
