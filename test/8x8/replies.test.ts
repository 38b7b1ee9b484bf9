import type { Answered } from "../../src/providers/client.ts";
import { outcomeOf, reasonOfCode } from "../../src/8x8/reply.ts";
import type { Channel } from "../../src/rules/channels.ts";
import accepted from "../fixtures/8x8/sms-200.json" with { type: "json" };
import badRequest from "../fixtures/8x8/sms-400.json" with { type: "json" };
import created from "../fixtures/8x8/voice-200.json" with { type: "json" };
import notCreated from "../fixtures/8x8/voice-422.json" with { type: "json" };

type Cut = Answered["cut"];
const answered = (status: number, body?: unknown, cut?: Cut): Answered => ({
  kind: "answered",
  status,
  retryAfter: undefined,
  body,
  cut,
});
function outcome(reply: Answered, channel: Channel) {
  const { ok, ...rest } = outcomeOf(reply, channel);
  expect(ok).toBe(rest.outcome === "accepted");
  return rest;
}
const sms = (status: number, body?: unknown, cut?: Cut) =>
  outcome(answered(status, body, cut), "sms");
const call = (status: number, body?: unknown) => outcome(answered(status, body), "voice");
const smsError = (code: number) => ({ ...badRequest, code });
const callError = (statusCode: number) => ({ ...notCreated, statusCode });
const rejection = (description: unknown) => ({
  ...accepted,
  status: { code: "REJECTED", description },
});

test.each([
  [200, accepted, "accepted", undefined, "QUEUED"],
  [202, accepted, "accepted", undefined, "QUEUED"],
  [200, rejection("Text value is missing"), "rejected", "invalid-text", "REJECTED"],
  [
    200,
    rejection("Invalid Source value. Reached max allowed limit"),
    "rejected",
    "invalid-sender",
    "REJECTED",
  ],
  [200, rejection("Expiry time already reached"), "rejected", "expired-at-provider", "REJECTED"],
  [200, rejection("Invalid MSISDN format (not E.164)"), "rejected", "invalid-number", "REJECTED"],
  [200, rejection("Insufficient balance"), "rejected", "no-credit", "REJECTED"],
  [
    200,
    rejection("The moon is in the wrong quarter"),
    "rejected",
    "rejected-by-provider",
    "REJECTED",
  ],
  [200, rejection(5), "rejected", "rejected-by-provider", "REJECTED"],
  [204, undefined, "unconfirmed", "unreadable-answer", "204"],
  [300, accepted, "unavailable", "redirected", "300"],
  [307, undefined, "unavailable", "redirected", "307"],
  [400, badRequest, "rejected", "invalid-number", "1002"],
  [401, smsError(1200), "rejected", "key-rejected", "1200"],
  [401, undefined, "rejected", "key-rejected", "401"],
  [402, undefined, "rejected", "no-credit", "402"],
  [403, undefined, "rejected", "forbidden", "403"],
  [404, undefined, "rejected", "wrong-subaccount", "404"],
  [426, smsError(1014), "rejected", "insecure-protocol", "1014"],
  [426, undefined, "rejected", "insecure-protocol", "426"],
  [429, smsError(429), "unavailable", "rate-limited", "429"],
  [429, accepted, "unavailable", "rate-limited", "429"],
  [500, smsError(2000), "unavailable", "provider-error", "2000"],
] as const)(
  "the reply %i %j to an SMS has the outcome %s and the reason %s",
  (status, body, outcome, reason, code) => {
    expect(sms(status, body)).toMatchObject(
      reason === undefined ? { outcome, code } : { outcome, reason, code },
    );
  },
);

test.each([
  ...[undefined, null, "QUEUED", {}, [accepted], { ...accepted, status: "QUEUED" }, badRequest],
  ...["queued", "SENT", undefined].map((code) => ({
    ...accepted,
    status: { code, state: "queued" },
  })),
])("the reply 200 %j to an SMS has the outcome unconfirmed", (body) => {
  expect(sms(200, body)).toEqual({
    outcome: "unconfirmed",
    reason: "unreadable-answer",
    id: undefined,
    code: "200",
  });
});

test.each([
  [200, created, "accepted", undefined, "CREATED"],
  [200, notCreated, "rejected", "invalid-request", "-1013"],
  [400, callError(-1007), "rejected", "invalid-request", "-1007"],
  [401, callError(401), "rejected", "key-rejected", "401"],
  [404, callError(404), "rejected", "wrong-subaccount", "404"],
  [429, notCreated, "unavailable", "rate-limited", "-1013"],
  [500, callError(500), "unavailable", "provider-error", "NOT_CREATED"],
  [200, callError(-4711), "rejected", "rejected-by-provider", "NOT_CREATED"],
  [200, callError(1), "rejected", "rejected-by-provider", "NOT_CREATED"],
  [200, callError(48213), "rejected", "rejected-by-provider", "NOT_CREATED"],
] as const)(
  "the reply %i %j to a call has the outcome %s and the reason %s",
  (status, body, outcome, reason, code) => {
    expect(call(status, body)).toMatchObject(
      reason === undefined ? { outcome, code } : { outcome, reason, code },
    );
  },
);

test.each([
  ...[undefined, null, "CREATED", [created], accepted],
  ...[0, 2, "1", undefined].map((statusCode) => ({ ...created, statusCode })),
  ...["created", "COMPLETED"].map((sessionStatus) => ({ ...created, sessionStatus })),
])("the reply 200 %j to a call has the outcome unconfirmed", (body) => {
  expect(call(200, body)).toEqual({
    outcome: "unconfirmed",
    reason: "unreadable-answer",
    id: undefined,
    code: "200",
  });
});

test.each([
  [200, "connection-cut", "unconfirmed", "connection-cut"],
  [200, "deadline", "unconfirmed", "deadline"],
  [401, "connection-cut", "rejected", "key-rejected"],
  [302, "deadline", "unavailable", "redirected"],
  [500, "connection-cut", "unavailable", "provider-error"],
] as const)(
  "if 8x8's %i reply ends early (%s), the outcome is %s and the reason is %s",
  (status, cut, outcome, reason) => {
    expect(sms(status, undefined, cut)).toMatchObject({ outcome, reason });
  },
);

describe("8x8's id of an SMS or a call", () => {
  test("outcomeOf returns the ID from 8x8's reply, and accepts a reply without an ID", () => {
    const replies = [sms(200, accepted), sms(200, rejection("x")), call(200, created)];
    expect(replies.map(({ id }) => id)).toEqual([accepted.umid, accepted.umid, created.sessionId]);
    for (const id of [undefined, null])
      for (const outcome of [
        sms(200, { ...accepted, umid: id }),
        call(200, { ...created, sessionId: id }),
      ])
        expect(outcome).toEqual({
          outcome: "accepted",
          id: undefined,
          code: expect.any(String) as string,
        });
  });

  test.each([5, "", "12025550123", "sms-6591234567-1", "48213", `${accepted.umid} +12025550123`])(
    "outcomeOf drops the unexpected ID %j, sets oddId and still returns accepted",
    (id) => {
      const odd = {
        outcome: "accepted",
        id: undefined,
        oddId: true,
        code: expect.any(String) as string,
      };
      expect([
        sms(200, { ...accepted, umid: id }),
        call(200, { ...created, sessionId: id }),
      ]).toEqual([odd, odd]);
    },
  );
});

test("outcomeOf drops 8x8's description, because a description can contain the phone number", () => {
  expect(JSON.stringify(sms(200, rejection("Invalid MSISDN +12025550123")))).not.toContain(
    "2025550123",
  );
});

describe("8x8's error codes", () => {
  const range = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, index) => from + index);
  // https://developer.8x8.com/connect/docs/api-error-codes, "SMS API, Messaging API"
  const smsCodes = [
    ...range(1000, 1012),
    1014,
    1100,
    1200,
    1201,
    1300,
    1400,
    ...range(2000, 2003),
    ...range(3001, 3053),
    3060,
  ];
  // https://developer.8x8.com/connect/docs/voice/error-codes/voice-status-codes
  const callCodes = [...range(-1020, -1001), -9999, 401, 404];

  test("reasonOfCode contains exactly the error codes that 8x8 documents", () => {
    for (const code of smsCodes)
      expect(sms(400, { code, message: "" })).toMatchObject({
        outcome: "rejected",
        reason: reasonOfCode.get(code),
        code: String(code),
      });
    for (const statusCode of callCodes)
      for (const status of [200, 400, 422])
        expect(call(status, { sessionStatus: "NOT_CREATED", statusCode })).toMatchObject({
          outcome: "rejected",
          reason: reasonOfCode.get(statusCode),
          code: String(statusCode),
        });
    // Three codes are missing from both lists. 8x8 lists 403 only on its general page of errors.
    // The codes 2007 (number lookup) and 402 (HTTP) mean missing credit.
    expect([...reasonOfCode.keys()].sort()).toEqual(
      [...smsCodes, ...callCodes, 403, 2007, 402].sort(),
    );
  });

  test.each([1, 1013, 1.5, 48213, 99_999, 12025550123])(
    "outcomeOf returns the HTTP status instead of 8x8's undocumented code %i",
    (code) => {
      expect(sms(400, { code })).toMatchObject({ reason: "rejected-by-provider", code: "400" });
    },
  );

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
    [2007, "no-credit"],
    [3003, "invalid-number"],
    [3011, "invalid-sender"],
    [-1002, "invalid-voice"],
    [-1014, "invalid-sender"],
    [-1015, "expired-at-provider"],
    [-1016, "invalid-text"],
    [-1017, "invalid-number"],
  ])("8x8's error code %i has the reason %s", (code, reason) => {
    expect(reasonOfCode.get(code)).toBe(reason);
  });
});
