import { hookBody, judgeAnswer } from "../../sandbox/okta.ts";

const json = "application/json; charset=utf-8";
const command = (value: object, more: object = {}): object => ({
  commands: [{ type: "com.okta.telephony.action", value: [value] }],
  ...more,
});
const judge = (body: unknown, status = 200, contentType: string | null = json): ReturnType<typeof judgeAnswer> =>
  judgeAnswer(status, contentType, typeof body === "string" ? body : JSON.stringify(body));

describe("Okta's judgement of an answer", () => {
  test.each([
    [
      "successful",
      200,
      command({ status: "SUCCESSFUL", provider: "8x8", transactionId: "t" }),
      "Okta sends nothing itself",
    ],
    [
      "successful",
      200,
      command({ status: "SUCCESSFUL" }, { debugContext: { a: { b: 1 } } }),
      "Okta sends nothing itself",
    ],
    ["pending", 200, command({ status: "PENDING", transactionMetadata: "{}" }), "does not document"],
    ["failed", 200, command({ status: "FAILED" }), "its own, rate-limited provider"],
    ["error", 200, { error: { errorSummary: "No" } }, "the end user see"],
    ["error", 503, { error: { errorSummary: "No" } }, "administrators see it"],
    [
      "error",
      400,
      { error: { errorSummary: "No", errorCauses: [{ reason: "r", locationType: "body", location: "data.x" }] } },
      "administrators see it",
    ],
  ])("is %s for HTTP %i %j", (answer, status, body, words) => {
    const judged = judge(body, status);
    expect(judged).toMatchObject({ answer, contractKept: true });
    expect(judged.words).toContain(words);
  });

  test.each<[string, number, string | null, unknown]>([
    ["a status of another spelling", 200, json, command({ status: "SUCCESS" })],
    [
      "a status beside the value",
      200,
      json,
      { commands: [{ type: "com.okta.telephony.action", status: "FAILED", value: [{}] }] },
    ],
    [
      "a value that is no array",
      200,
      json,
      { commands: [{ type: "com.okta.telephony.action", value: { status: "FAILED" } }] },
    ],
    ["another type of command", 200, json, { commands: [{ type: "com.okta.action", value: [{ status: "FAILED" }] }] }],
    [
      "two commands",
      200,
      json,
      { commands: Array(2).fill({ type: "com.okta.telephony.action", value: [{ status: "FAILED" }] }) },
    ],
    ["no command", 200, json, { commands: [] }],
    ["metadata that is no string", 200, json, command({ status: "FAILED", transactionMetadata: {} })],
    ["a field nobody knows", 200, json, command({ status: "FAILED", reason: "x" })],
    ["a debugContext that is no object", 200, json, command({ status: "FAILED" }, { debugContext: "x" })],
    ["commands beside an error", 200, json, command({ status: "FAILED" }, { error: { errorSummary: "No" } })],
    ["an error that is an array", 200, json, { error: [{ errorSummary: "No" }] }],
    ["an error without a summary", 200, json, { error: {} }],
    ["SUCCESSFUL under another status", 201, json, command({ status: "SUCCESSFUL" })],
    ["an empty 404", 404, null, ""],
    ["no content", 204, null, ""],
    ["a redirect", 302, null, ""],
    ["text", 200, json, "SUCCESSFUL"],
    ["JSON that is declared as text", 200, "text/plain", command({ status: "SUCCESSFUL" })],
    ["256 KB", 200, json, command({ status: "FAILED", transactionMetadata: "x".repeat(256_000) })],
  ])("is that the contract is broken for %s", (_, status, contentType, body) => {
    expect(judge(body, status, contentType)).toMatchObject({ answer: "broken", contractKept: false });
  });

  test.each([
    ["SUCCESSFUL", { outcome: "accepted", providerCode: "QUEUED" }, "Accepted: "],
    ["SUCCESSFUL", { outcome: "refused", reason: "country-blocked" }, "but refused (country-blocked): nobody sends"],
    ["FAILED", { outcome: "rejected", reason: "forbidden" }, "its own, rate-limited provider"],
    ["PENDING", { outcome: "unconfirmed", reason: "deadline" }, "does not document"],
  ])("knows for %s what the app says of itself: %j", (status, debugContext, words) => {
    const judged = judge(command({ status }, { debugContext }));
    const { outcome, reason } = debugContext as { outcome: string; reason?: string };
    expect(judged).toMatchObject({ contractKept: true, outcome, ...(reason && { reason }) });
    expect(judged.words).toContain(words);
  });

  test("names the path that is wrong and repeats none of the answer", () => {
    const { words } = judge(command({ status: "code 123456" }));
    expect(words).toContain("commands.0.value.0.status");
    expect(words).not.toContain("123456");
  });
});

test("the hook body takes changes to each of its parts, and loses what is set to undefined", () => {
  const body = JSON.parse(
    JSON.stringify(
      hookBody({
        envelope: { eventId: "e", requestType: undefined },
        request: { ipAddress: "8.8.8.8" },
        userProfile: { login: "l" },
        messageProfile: { msgTemplate: undefined, otpCode: "0042" },
      }),
    ),
  ) as { data: { messageProfile: object } };
  expect(body).toMatchObject({
    eventId: "e",
    data: {
      context: { request: { ipAddress: "8.8.8.8", method: "POST" } },
      userProfile: { login: "l", userId: "00uyxxSknGtK8022w0g3" },
      messageProfile: { otpCode: "0042", phoneNumber: "9876543210" },
    },
  });
  expect(Object.keys(body)).not.toContain("requestType");
  expect(Object.keys(body.data.messageProfile)).not.toContain("msgTemplate");
});
