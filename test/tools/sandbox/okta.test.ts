import { judgeAnswer } from "../../../tools/sandbox/okta.ts";

const json = "application/json; charset=utf-8";
const type = "com.okta.telephony.action";
const failed = { type, value: [{ status: "FAILED" }] };
const command = (value: object, more: object = {}): object => ({
  commands: [{ type, value: [value] }],
  ...more,
});
const judge = (body: unknown, status: number, contentType: string | null) =>
  judgeAnswer(status, contentType, typeof body === "string" ? body : JSON.stringify(body));

// Okta lists everything that an answer may contain:
// https://developer.okta.com/docs/reference/telephony-hook/
test.each<[string, unknown, number?, (string | null)?]>([
  ["an unknown status", command({ status: "SUCCESS" })],
  ["another type of command", { commands: [{ ...failed, type: "com.okta.action" }] }],
  ["no command", { commands: [] }],
  ["metadata that is not a string", command({ status: "FAILED", transactionMetadata: {} })],
  ["an error without a summary", { error: {} }],
  ["SUCCESSFUL with another status", command({ status: "SUCCESSFUL" }), 201],
  ["an empty 404", "", 404, null],
  ["JSON that is declared as text", command({ status: "SUCCESSFUL" }), 200, "text/plain"],
  ["256 KB", command({ status: "FAILED", transactionMetadata: "x".repeat(256_000) })],
])(
  "judgeAnswer() judges %s as an answer outside Okta's contract",
  (_, body, status = 200, contentType = json) => {
    expect(judge(body, status, contentType)).toMatchObject({
      answer: "broken",
      contractKept: false,
    });
  },
);
