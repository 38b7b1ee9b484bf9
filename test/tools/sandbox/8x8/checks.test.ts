// These refusals make the app's tests fail if the app sends a request that 8x8 would refuse.
import type { Sandbox8x8 } from "../../../../tools/sandbox/8x8.ts";
import { call, post, sms, smsPath, startSandbox, voicePath } from "./well-formed.ts";

let sandbox: Sandbox8x8;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

const past = new Date(Date.now() - 60_000).toISOString();

test.each<[string, string, object, number, object]>([
  ["an SMS with an unknown field", smsPath, sms({ Text: "typo" }), 400, { code: 1000 }],
  ["a sender of 12 letters", smsPath, sms({ source: "AcmeSecurity" }), 400, { code: 1005 }],
  ["an expired SMS", smsPath, sms({ expiry: past }), 200, { status: { code: "REJECTED" } }],
  ["an SMS with a query", `${smsPath}?key=1`, sms(), 404, { code: 1300 }],
  ["a call with an unknown field", voicePath, call({ callFlow: [] }), 400, { statusCode: -1009 }],
  ["a call without a text", voicePath, call({}, { text: " " }), 422, { statusCode: -1016 }],
  ["an expired call", voicePath, call({ validUntil: past }), 422, { statusCode: -1015 }],
])("the sandbox refuses %s", async (_, path, body, status, answer) => {
  expect(await post(sandbox.url + path, body)).toMatchObject([status, answer]);
  expect(sandbox.messages).toEqual([]);
});

test("the sandbox refuses a wrong key", async () => {
  const other = { authorization: "Bearer other" };
  expect(await post(sandbox.url + smsPath, sms(), other)).toMatchObject([401, { code: 1200 }]);
  expect(sandbox.messages).toEqual([]);
});
