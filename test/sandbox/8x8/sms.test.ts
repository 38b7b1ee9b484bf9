import type { Sandbox8x8 } from "../../../sandbox/8x8.ts";
import { aMinuteAgo, apiKey, post, sms, smsPath, startSandbox } from "../../../sandbox/8x8/well-formed.ts";

let sandbox: Sandbox8x8;
beforeEach(async () => {
  sandbox = await startSandbox();
});
afterEach(() => sandbox.close());

const id: unknown = expect.stringMatching(/^[0-9a-f-]{36}$/);
const text: unknown = expect.any(String);
const time: unknown = expect.any(Date);

describe("the Messages API of the 8x8 sandbox", () => {
  test("takes a message, says QUEUED, and shows what the phone gets", async () => {
    expect(await post(sandbox.url + smsPath, sms())).toEqual([
      200,
      {
        umid: id,
        clientMessageId: "e1",
        destination: "12025550123",
        encoding: "GSM7",
        status: { code: "QUEUED", description: text },
      },
    ]);
    expect(sandbox.messages).toEqual([
      { channel: "sms", destination: "+12025550123", text: "Your code is 11111", source: "Acme", at: time },
    ]);
    expect(sandbox.requests).toMatchObject([
      { method: "POST", path: smsPath, headers: { authorization: `Bearer ${apiKey}` }, body: { source: "Acme" } },
    ]);
  });

  test.each([
    [
      "no sender, time or address at all",
      { source: undefined, expiry: undefined, clientIp: undefined, encoding: undefined },
    ],
    ["a destination without plus", { destination: "12025550123" }],
    ["a numeric sender of 16 characters", { source: "+123456789012345" }],
    ["an IPv6 address", { clientIp: "2001:4860:4860::8888" }],
    ["an expiry with an offset", { expiry: `${new Date(Date.now() + 8 * 3600_000).toISOString().slice(0, 19)}+07:00` }],
    ["a clientMessageId of 350 characters", { clientMessageId: "x".repeat(350) }],
  ])("takes %s", async (_, changes) => {
    expect(await post(sandbox.url + smsPath, sms(changes))).toEqual([
      200,
      expect.objectContaining({ encoding: "GSM7" }),
    ]);
    expect(sandbox.messages).toHaveLength(1);
  });

  test("calls a text with letters outside GSM-7 UCS2", async () => {
    expect((await post(sandbox.url + smsPath, sms({ text: "確認コードは 11111" })))[1]).toMatchObject({
      encoding: "UCS2",
    });
  });

  test.each<[string, object | string, number]>([
    ["a body that is not JSON", "{", 1000],
    ["a body that is no object", "[]", 1000],
    ["a field it does not know", sms({ Text: "typo" }), 1000],
    ["no destination", sms({ destination: undefined }), 1002],
    ["a destination with a leading zero", sms({ destination: "0301234567" }), 1002],
    ["a destination with spaces", sms({ destination: "+1 202 555 0123" }), 1002],
    ["a destination of 16 digits", sms({ destination: "+1234567890123456" }), 1002],
    ["a destination that is a number", sms({ destination: 12025550123 }), 1002],
    ["an unknown encoding", sms({ encoding: "auto" }), 1003],
    ["no text", sms({ text: undefined }), 1004],
    ["a blank text", sms({ text: " " }), 1004],
    ["a sender of 12 letters", sms({ source: "AcmeSecurity" }), 1005],
    ["a sender with an umlaut", sms({ source: "Bücher" }), 1005],
    ["a sender of 17 characters", sms({ source: "+1234567890123456" }), 3011],
    ["an expiry that is no ISO time", sms({ expiry: "Tue, 24 Nov 2026 18:00:00 GMT" }), 1006],
    ["a country that is no ISO code", sms({ country: "USA" }), 1009],
    ["a clientIp that is no address", sms({ clientIp: "10.0.0.256" }), 1012],
    ["a clientMessageId of 351 characters", sms({ clientMessageId: "x".repeat(351) }), 3009],
    ["a dlrCallbackUrl that is no URL", sms({ dlrCallbackUrl: "dlr" }), 3020],
    ["a schedule that is no time", sms({ scheduled: "tomorrow" }), 1011],
    ["an unknown track", sms({ track: "outcome" }), 1000],
  ])("refuses %s with 400", async (_, body, code) => {
    expect(await post(sandbox.url + smsPath, body)).toEqual([
      400,
      {
        code,
        message: text,
        errorId: id,
        timestamp: text,
      },
    ]);
    expect(sandbox.messages).toEqual([]);
    expect(sandbox.requests).toHaveLength(1);
  });

  test.each([
    ["has expired", { expiry: aMinuteAgo() }],
    ["fills more than 10 parts", { text: "é".repeat(1531) }],
    ["fills more than 10 parts of UCS2", { text: "語".repeat(671) }],
  ])("says REJECTED inside a 200 when the message %s", async (_, changes) => {
    expect(await post(sandbox.url + smsPath, sms(changes))).toMatchObject([200, { status: { code: "REJECTED" } }]);
    expect(sandbox.messages).toEqual([]);
  });

  test.each<[string, string, Record<string, string>, number, number]>([
    ["a wrong key", smsPath, { authorization: "Bearer other" }, 401, 1200],
    ["a key without Bearer", smsPath, { authorization: apiKey }, 401, 1200],
    ["another content type", smsPath, { "content-type": "text/plain" }, 400, 1000],
    ["another sub-account", "/api/v1/subaccounts/other/messages", {}, 400, 1001],
    ["a sub-account that breaks the pattern", "/api/v1/subaccounts/a%20b/messages", {}, 400, 1001],
    ["the voice sub-account", "/api/v1/subaccounts/acme%26voice/messages", {}, 400, 1001],
    ["a path it does not have", "/api/v2/subaccounts/acme_sms/messages", {}, 404, 1300],
    ["a query", `${smsPath}?key=1`, {}, 404, 1300],
  ])("refuses %s", async (_, path, headers, status, code) => {
    expect(await post(sandbox.url + path, sms(), headers)).toEqual([status, expect.objectContaining({ code })]);
    expect(sandbox.messages).toEqual([]);
  });
});
