// Tests checks that 8x8 documents, with requests that the app never sends.
import type { Sandbox8x8 } from "../../../../tools/sandbox/8x8.ts";
import { partsOf } from "../../../../tools/sandbox/8x8/sms.ts";
import {
  aMinuteAgo,
  call,
  makeCall,
  post,
  say,
  send,
  sms,
  smsPath,
  startSandbox,
  voicePath,
} from "./well-formed.ts";

let sandbox: Sandbox8x8;
beforeAll(async () => {
  sandbox = await startSandbox();
});
beforeEach(() => {
  sandbox.messages.length = 0;
});
afterAll(() => sandbox.close());

const id: unknown = expect.stringMatching(/^[0-9a-f-]{36}$/);
const text: unknown = expect.any(String);
const flow = (...callflow: object[]): object => call({ body: { callflow } });

test.each<[string, object | string, number]>([
  ["a body that is not JSON", "{", 1000],
  ["an unknown field", sms({ Text: "typo" }), 1000],
  ["a blank text", sms({ text: " " }), 1004],
  ["a sender of 12 letters", sms({ source: "AcmeSecurity" }), 1005],
  ["an expiry that is not an ISO time", sms({ expiry: "Tue, 24 Nov 2026 18:00:00 GMT" }), 1006],
  ["a clientIp that is not an address", sms({ clientIp: "10.0.0.256" }), 1012],
])("the SMS API of the sandbox answers 400 to %s", async (_, body, code) => {
  const error = { code, message: text, errorId: id, timestamp: text };
  expect(await post(sandbox.url + smsPath, body)).toEqual([400, error]);
  expect(sandbox.messages).toEqual([]);
});

test.each([
  ["has expired", { expiry: aMinuteAgo() }],
  ["fills more than 10 parts", { text: "é".repeat(1531) }],
])("the SMS API of the sandbox answers 200 with REJECTED if an SMS %s", async (_, changes) => {
  expect(await post(sandbox.url + smsPath, sms(changes))).toMatchObject([
    200,
    { status: { code: "REJECTED" } },
  ]);
  expect(sandbox.messages).toEqual([]);
});

test.each([
  ["161 letters", "x".repeat(161), 2],
  ["81 characters that count twice", "€^{}[]~|\\€".repeat(9).slice(0, 81), 2],
  ["71 characters outside GSM-7", "語".repeat(71), 2],
])("partsOf() counts the parts of an SMS with %s", (_, written, parts) => {
  expect(partsOf(written)).toBe(parts);
});

test.each<[string, object | string, number, number]>([
  ["a body that is not JSON", "{", 400, -1001],
  ["an unknown field", call({ body: { callFlow: [] } }), 400, -1009],
  ["no hangup", flow(makeCall, say), 422, -1012],
  ["a source that is not a number", call({ makeCall: { source: "private" } }), 422, -1014],
  ["no text", call({ say: { text: undefined } }), 400, -1009],
  ["no voice profile", call({ say: { voiceProfile: undefined } }), 422, -1002],
  ["a fourth repetition", call({ say: { repetition: 4 } }), 400, -1009],
  ["a validity that has expired", call({ body: { validUntil: aMinuteAgo() } }), 422, -1015],
  [
    "a validity without milliseconds",
    call({ body: { validUntil: "2099-01-01T00:00:00Z" } }),
    400,
    -1009,
  ],
])("the voice API of the sandbox refuses %s", async (_, body, status, statusCode) => {
  const refusal = {
    sessionStatus: "NOT_CREATED",
    callFlowRequestId: id,
    statusCode,
    statusMessage: text,
  };
  expect(await post(sandbox.url + voicePath, body)).toEqual([status, refusal]);
  expect(sandbox.messages).toEqual([]);
});

test.each<[string, string, Record<string, string>, number, object]>([
  ["a wrong key", smsPath, { authorization: "Bearer other" }, 401, { code: 1200 }],
  ["another content type", smsPath, { "content-type": "text/plain" }, 400, { code: 1000 }],
  ["another sub-account", "/api/v1/subaccounts/other/messages", {}, 400, { code: 1001 }],
  [
    "the SMS sub-account for a call",
    "/api/v1/subaccounts/acme_sms/callflows",
    {},
    404,
    { statusCode: 404 },
  ],
  ["a query", `${smsPath}?key=1`, {}, 404, { code: 1300 }],
])("the APIs of the sandbox refuse %s", async (_, path, headers, status, answer) => {
  const body = path.endsWith("callflows") ? call() : sms();
  expect(await post(sandbox.url + path, body, headers)).toEqual([
    status,
    expect.objectContaining(answer),
  ]);
  expect(sandbox.messages).toEqual([]);
});

test("the sandbox with the fault 302 redirects to the fault's location", async () => {
  sandbox.fail("sms", { fault: "302", location: "/away" }, 1);
  const answer = await send(sandbox.url + smsPath, sms());
  expect([answer.status, answer.headers.get("location")]).toEqual([302, "/away"]);
});
