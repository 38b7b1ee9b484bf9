import type { Sandbox8x8 } from "../../../sandbox/8x8.ts";
import {
  aMinuteAgo,
  call,
  hangup,
  makeCall,
  post,
  say,
  startSandbox,
  voicePath,
} from "../../../sandbox/8x8/well-formed.ts";

let sandbox: Sandbox8x8;
beforeEach(async () => {
  sandbox = await startSandbox();
});
afterEach(() => sandbox.close());

const id: unknown = expect.stringMatching(/^[0-9a-f-]{36}$/);
const text: unknown = expect.any(String);
const time: unknown = expect.any(Date);
const flow = (...callflow: object[]): object => call({ body: { callflow } });

describe("the callflow API of the 8x8 sandbox", () => {
  test("takes a call, says CREATED, and shows what the phone hears", async () => {
    expect(await post(sandbox.url + voicePath, call())).toEqual([
      200,
      {
        sessionId: id,
        sessionStatus: "CREATED",
        callFlowRequestId: id,
        statusCode: 1,
        statusMessage: "Created",
      },
    ]);
    expect(sandbox.messages).toEqual([
      {
        channel: "voice",
        destination: "+12025550123",
        text: "Ihr Code ist, 1, 2.",
        source: "+6588000000",
        voiceProfile: "en-GB-Emma",
        repetition: 2,
        at: time,
      },
    ]);
  });

  test.each(["Votre code de vérification est, 1.", "確認コードは、1、です。", "รหัสยืนยันของคุณคือ, 1."])(
    "lets %s be spoken",
    async (text) => {
      expect((await post(sandbox.url + voicePath, call({ say: { text } })))[0]).toBe(200);
    },
  );

  test.each<[string, object | string, number, number]>([
    ["a body that is not JSON", "{", 400, -1001],
    ["a field it does not know", call({ body: { callFlow: [] } }), 400, -1009],
    ["no callflow", call({ body: { callflow: undefined } }), 400, -1009],
    ["an empty callflow", flow(), 400, -1009],
    ["an unknown action", flow(makeCall, { action: "sing" }), 400, -1007],
    ["a say that comes first", flow(say, makeCall), 422, -1013],
    ["two destinations", flow(makeCall, makeCall), 422, -1011],
    ["no hangup", flow(makeCall, say), 422, -1012],
    ["a hangup before anything is said", flow(makeCall, hangup), 422, -1012],
    ["something after the hangup", flow(makeCall, say, hangup, say), 422, -1012],
    ["a source that is no number", call({ makeCall: { source: "private" } }), 422, -1014],
    ["a destination that is no number", call({ makeCall: { destination: "+0123" } }), 422, -1017],
    ["an unknown makeCall parameter", call({ makeCall: { callRecording: true } }), 400, -1009],
    ["no text", call({ say: { text: undefined } }), 400, -1009],
    ["a text of 3001 characters", call({ say: { text: "a".repeat(3001) } }), 400, -1009],
    ["SSML", call({ say: { text: "<break/> 1" } }), 422, -1016],
    ["an apostrophe", call({ say: { text: "Voici l'code" } }), 422, -1016],
    ["a colon", call({ say: { text: "Code: 1" } }), 422, -1016],
    ["no voice profile", call({ say: { voiceProfile: undefined } }), 422, -1002],
    ["a voice profile that is a language", call({ say: { voiceProfile: "en" } }), 422, -1002],
    ["a fourth repetition", call({ say: { repetition: 4 } }), 400, -1009],
    ["a speed over 2", call({ say: { speed: 2.1 } }), 400, -1009],
    ["a speed that is text", call({ say: { speed: "1" } }), 400, -1009],
    ["a language beside the profile", call({ say: { language: "en-GB" } }), 400, -1009],
    ["a validity that has expired", call({ body: { validUntil: aMinuteAgo() } }), 422, -1015],
    ["a validity without milliseconds", call({ body: { validUntil: "2099-01-01T00:00:00Z" } }), 400, -1009],
  ])("refuses %s", async (_, body, status, statusCode) => {
    expect(await post(sandbox.url + voicePath, body)).toEqual([
      status,
      {
        sessionStatus: "NOT_CREATED",
        callFlowRequestId: id,
        statusCode,
        statusMessage: text,
      },
    ]);
    expect(sandbox.messages).toEqual([]);
  });

  test.each<[string, string, Record<string, string>, number]>([
    ["a wrong key", voicePath, { authorization: "Bearer other" }, 401],
    ["another sub-account", "/api/v1/subaccounts/acme_sms/callflows", {}, 404],
  ])("refuses %s", async (_, path, headers, status) => {
    expect(await post(sandbox.url + path, call(), headers)).toEqual([
      status,
      expect.objectContaining({ sessionStatus: "NOT_CREATED", statusCode: status }),
    ]);
  });
});
