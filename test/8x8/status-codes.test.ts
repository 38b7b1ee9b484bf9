import { reasonOfCode, reasonOfDescription } from "../../src/8x8/status-codes.ts";
import { outcomeOf } from "../../src/8x8/reply.ts";
import { parseSmsReply } from "../../src/8x8/sms.ts";
import { parseVoiceReply } from "../../src/8x8/voice.ts";

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

// https://developer.8x8.com/connect/docs/api-error-codes, "SMS API, Messaging API"
const smsCodes = [
  ...range(1000, 1012),
  ...[1014, 1100, 1200, 1201, 1300, 1400],
  ...range(2000, 2003),
  ...range(3001, 3053),
  3060,
];
// https://developer.8x8.com/connect/docs/voice/error-codes/voice-status-codes
const voiceCodes = [...range(-1020, -1001), -9999, 401, 404];

const answered = (status: number, body: object) =>
  ({ kind: "answered", status, retryAfter: undefined, body, cut: undefined }) as const;

test.each(smsCodes)("%i, which 8x8 documents for SMS, has a reason and is rejected", (code) => {
  const reason = reasonOfCode.get(code);
  expect(reason).toBeDefined();
  const outcome = { outcome: "rejected", reason, code: String(code) };
  expect(outcomeOf(answered(400, { code, message: "", errorId: "", timestamp: "" }), parseSmsReply)).toMatchObject(
    outcome,
  );
});

test.each(voiceCodes)("%i, which 8x8 documents for calls, has a reason and is rejected", (statusCode) => {
  const reason = reasonOfCode.get(statusCode);
  expect(reason).toBeDefined();
  for (const status of [200, 400, 422]) {
    const outcome = outcomeOf(answered(status, { sessionStatus: "NOT_CREATED", statusCode }), parseVoiceReply);
    expect(outcome).toMatchObject({ outcome: "rejected", reason, code: String(statusCode) });
  }
});

test("8x8's own failure in a call that was not created is rejected by the provider", () => {
  expect(outcomeOf(answered(200, { sessionStatus: "NOT_CREATED", statusCode: 500 }), parseVoiceReply)).toMatchObject({
    outcome: "rejected",
    reason: "rejected-by-provider",
  });
});

test.each([1, 1013, 3054, 3055, 3056, 3057, 3058, 3059, -1000, -1021, 200, 429, 500])(
  "%i, which 8x8 does not document as a no, has no reason of its own",
  (code) => {
    expect(reasonOfCode.has(code)).toBe(false);
  },
);

test("no code has two reasons", () => {
  expect(reasonOfCode.size).toBe(smsCodes.length + voiceCodes.length + 3);
  // 403 is in the general page only.
  expect(reasonOfCode.get(403)).toBe("forbidden");
  // 8x8's number lookup has a code for it, HTTP has a status, and a send has neither.
  expect([2007, 402].map((code) => reasonOfCode.get(code))).toEqual(["no-credit", "no-credit"]);
});

test.each([
  [1001, "wrong-subaccount"],
  [1002, "invalid-number"],
  [1004, "invalid-text"],
  [1005, "invalid-sender"],
  [1006, "expired-at-provider"],
  [1014, "insecure-protocol"],
  [1200, "key-rejected"],
  [1201, "forbidden"],
  [1400, "resend-interval"],
  [2000, "rejected-by-provider"],
  [3003, "invalid-number"],
  [3011, "invalid-sender"],
  [-1002, "invalid-voice"],
  [-1014, "invalid-sender"],
  [-1015, "expired-at-provider"],
  [-1016, "invalid-text"],
  [-1017, "invalid-number"],
  [-9999, "rejected-by-provider"],
])("an administrator reads %i as %s", (code, reason) => {
  expect(reasonOfCode.get(code)).toBe(reason);
});

test("a sentence that nobody has documented has no reason", () => {
  expect(reasonOfDescription("The moon is in the wrong quarter")).toBeUndefined();
});
