import { MessageText, OtpCode } from "../../src/delivery/redacted.ts";
import type { OtpDelivery } from "../../src/delivery/otp-delivery.ts";
import { parseVoiceReply, createVoiceRequest, type VoiceSettings } from "../../src/8x8/voice.ts";
import created from "../fixtures/8x8/voice-200.json" with { type: "json" };
import badAction from "../fixtures/8x8/voice-400.json" with { type: "json" };
import unauthorized from "../fixtures/8x8/voice-401.json" with { type: "json" };
import notFound from "../fixtures/8x8/voice-404.json" with { type: "json" };
import invalid from "../fixtures/8x8/voice-422.json" with { type: "json" };
import serverError from "../fixtures/8x8/voice-500.json" with { type: "json" };
import { sampleDelivery, samplePhoneNumber } from "../delivery/sample-delivery.ts";
import { load, voice } from "../settings/sample-settings.ts";

const profiles = { EIGHT_BY_EIGHT_VOICE_PROFILES: '{"en":"en-GB-Emma","de":"de-DE-Katja"}' };
const settings = load({ ...voice, ...profiles }).channels.voice as VoiceSettings;

/** As it goes over the wire. */
function request(changes: Partial<OtpDelivery> = {}, by: Partial<VoiceSettings> = {}) {
  const delivery = sampleDelivery({ channel: "voice", ...changes });
  const { path, body } = createVoiceRequest(delivery, samplePhoneNumber(), { ...settings, ...by });
  return { path, body: JSON.parse(JSON.stringify(body)) as Record<string, unknown> };
}

describe("the request", () => {
  test("is one call that says the code three times, slowly, and hangs up", () => {
    expect(request()).toEqual({
      path: "/api/v1/subaccounts/acme_voice/callflows",
      body: {
        validUntil: "2030-01-01T00:05:00.000Z",
        callflow: [
          { action: "makeCall", params: { source: "+6588000000", destination: "+12025550123" } },
          {
            action: "say",
            params: {
              text: "Your verification code is, 0, 1, 2, 3, 4, 5.",
              voiceProfile: "en-GB-Emma",
              repetition: 3,
              speed: 0.75,
            },
          },
          { action: "hangup" },
        ],
      },
    });
  });

  test("speaks the user's language where there is a voice for it", () => {
    expect(request({ locale: "DE-at", code: new OtpCode("0042") }).body["callflow"]).toMatchObject([
      {},
      { params: { text: "Ihr Bestätigungscode lautet, 0, 0, 4, 2.", voiceProfile: "de-DE-Katja" } },
      {},
    ]);
  });

  test("does not read Okta's text for SMS", () => {
    const text = new MessageText("(HOOK)Your code is 11111");
    expect(JSON.stringify(request({ text }).body)).not.toContain("HOOK");
  });

  test("has no end where Okta sent none", () => {
    expect(request({ expiresAt: undefined }).body).not.toHaveProperty("validUntil");
  });

  test("has a sub-account with & in the path, encoded", () => {
    expect(request({}, { subAccount: "a&b" }).path).toBe("/api/v1/subaccounts/a%26b/callflows");
  });
});

describe("the answer", () => {
  test("CREATED with statusCode 1 is accepted, with the session's id", () => {
    expect(parseVoiceReply(created)).toEqual({
      accepted: true,
      id: "03cc8cac-376b-11ef-a28b-0582ff0039d5",
      code: "CREATED",
    });
  });

  test.each([
    [badAction, "-1007", "invalid-request"],
    [unauthorized, "401", "key-rejected"],
    [notFound, "404", "wrong-subaccount"],
    [invalid, "-1013", "invalid-request"],
    [serverError, "NOT_CREATED", undefined],
    [{ sessionStatus: "NOT_CREATED", statusCode: -1017 }, "-1017", "invalid-number"],
    [{ sessionStatus: "NOT_CREATED", statusCode: -4711 }, "NOT_CREATED", undefined],
    [{ sessionStatus: "NOT_CREATED", statusCode: 1 }, "NOT_CREATED", undefined],
    [{ sessionStatus: "NOT_CREATED", statusCode: 48213 }, "NOT_CREATED", undefined],
  ] as const)("NOT_CREATED is not: %j", (body, code, reason) => {
    expect(parseVoiceReply(body)).toEqual({ accepted: false, code, reason });
  });

  test.each([
    ["CREATED with another statusCode", { ...created, statusCode: 0 }],
    ["CREATED with statusCode in words", { ...created, statusCode: "1" }],
    ["CREATED without statusCode", { ...created, statusCode: undefined }],
    ["another case", { ...created, sessionStatus: "created" }],
    ["a status of later webhooks", { ...created, sessionStatus: "COMPLETED" }],
    ["an SMS's answer", { umid: "1", status: { code: "QUEUED" } }],
    ["nothing", undefined],
    ["null", null],
    ["text", "CREATED"],
    ["a list", [created]],
  ])("%s is not 8x8's shape", (_, body) => {
    expect(parseVoiceReply(body)).toBeUndefined();
  });

  test.each([undefined, null])("a session id may be missing: %j", (sessionId) => {
    expect(parseVoiceReply({ ...created, sessionId })).toEqual({ accepted: true, id: undefined, code: "CREATED" });
  });

  test.each([5, "", "+1 202 555 0123", "call-6591234567-1", "48213"])(
    "a session id that is no UUID is left behind, reported as odd, and the call is accepted: %j",
    (sessionId) => {
      const parsed = parseVoiceReply({ ...created, sessionId });
      expect(parsed).toEqual({ accepted: true, id: undefined, oddId: true, code: "CREATED" });
    },
  );
});
