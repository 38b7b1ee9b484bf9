import type { Reply } from "../../src/8x8/client.ts";
import { outcomeOf } from "../../src/8x8/reply.ts";
import { parseSmsReply } from "../../src/8x8/sms.ts";
import { parseVoiceReply } from "../../src/8x8/voice.ts";
import accepted from "../fixtures/8x8/sms-200.json" with { type: "json" };
import rejected from "../fixtures/8x8/sms-200-rejected.json" with { type: "json" };
import badRequest from "../fixtures/8x8/sms-400.json" with { type: "json" };
import rateLimited from "../fixtures/8x8/sms-429.json" with { type: "json" };
import serverError from "../fixtures/8x8/sms-500.json" with { type: "json" };
import created from "../fixtures/8x8/voice-200.json" with { type: "json" };
import notCreated from "../fixtures/8x8/voice-422.json" with { type: "json" };

type Answered = Extract<Reply, { kind: "answered" }>;
const answered = (status: number, body?: unknown, cut?: Answered["cut"]): Answered => ({
  kind: "answered",
  status,
  retryAfter: undefined,
  body,
  cut,
});

describe("without an answer", () => {
  test.each<[Reply, object]>([
    [
      { kind: "unsent", cause: "unreachable" },
      { outcome: "unavailable", reason: "unreachable" },
    ],
    [
      { kind: "unsent", cause: "deadline" },
      { outcome: "unavailable", reason: "deadline-before-sending" },
    ],
    [
      { kind: "unanswered", cause: "deadline" },
      { outcome: "unconfirmed", reason: "deadline" },
    ],
    [
      { kind: "unanswered", cause: "connection-cut" },
      { outcome: "unconfirmed", reason: "connection-cut" },
    ],
  ])("%j is %j", (reply, outcome) => {
    expect(outcomeOf(reply, parseSmsReply)).toEqual(outcome);
  });
});

describe("an SMS's answer", () => {
  test.each([
    [200, accepted, "accepted", undefined, "QUEUED"],
    [202, accepted, "accepted", undefined, "QUEUED"],
    [200, rejected, "rejected", "expired-at-provider", "REJECTED"],
    [200, { ...rejected, status: { code: "REJECTED" } }, "rejected", "rejected-by-provider", "REJECTED"],
    [200, {}, "unconfirmed", "unreadable-answer", "200"],
    [200, undefined, "unconfirmed", "unreadable-answer", "200"],
    [204, undefined, "unconfirmed", "unreadable-answer", "204"],
    [300, accepted, "unavailable", "redirected", "300"],
    [301, accepted, "unavailable", "redirected", "301"],
    [302, undefined, "unavailable", "redirected", "302"],
    [304, undefined, "unavailable", "redirected", "304"],
    [307, undefined, "unavailable", "redirected", "307"],
    [400, badRequest, "rejected", "invalid-number", "1002"],
    [400, accepted, "rejected", "rejected-by-provider", "400"],
    [401, undefined, "rejected", "key-rejected", "401"],
    [402, undefined, "rejected", "no-credit", "402"],
    [403, undefined, "rejected", "forbidden", "403"],
    [404, undefined, "rejected", "wrong-subaccount", "404"],
    [413, undefined, "rejected", "rejected-by-provider", "413"],
    [426, undefined, "rejected", "insecure-protocol", "426"],
    [429, rateLimited, "unavailable", "rate-limited", "429"],
    [429, accepted, "unavailable", "rate-limited", "429"],
    [429, badRequest, "unavailable", "rate-limited", "1002"],
    [500, serverError, "unavailable", "provider-error", "2000"],
    [500, badRequest, "unavailable", "provider-error", "1002"],
    [502, undefined, "unavailable", "provider-error", "502"],
    [503, accepted, "unavailable", "provider-error", "503"],
    [599, undefined, "unavailable", "provider-error", "599"],
  ] as const)("%i with %j is %s, %s", (status, body, outcome, reason, code) => {
    const expected = reason === undefined ? { outcome, code } : { outcome, reason, code };
    expect(outcomeOf(answered(status, body), parseSmsReply)).toMatchObject(expected);
  });

  test("has the message's id", () => {
    expect(outcomeOf(answered(200, accepted), parseSmsReply)).toMatchObject({ id: accepted.umid });
    expect(outcomeOf(answered(200, rejected), parseSmsReply)).toMatchObject({ id: rejected.umid });
  });
});

describe("a call's answer", () => {
  test.each([
    [200, created, "accepted", undefined, "CREATED"],
    [200, notCreated, "rejected", "invalid-request", "-1013"],
    [422, notCreated, "rejected", "invalid-request", "-1013"],
    [429, notCreated, "unavailable", "rate-limited", "-1013"],
    [500, notCreated, "unavailable", "provider-error", "-1013"],
    [302, created, "unavailable", "redirected", "CREATED"],
    [200, { ...created, statusCode: 2 }, "unconfirmed", "unreadable-answer", "200"],
    [200, accepted, "unconfirmed", "unreadable-answer", "200"],
    [200, null, "unconfirmed", "unreadable-answer", "200"],
  ] as const)("%i with %j is %s, %s", (status, body, outcome, reason, code) => {
    const expected = reason === undefined ? { outcome, code } : { outcome, reason, code };
    expect(outcomeOf(answered(status, body), parseVoiceReply)).toMatchObject(expected);
  });
});

describe("an answer that was cut", () => {
  test.each([
    [200, "connection-cut", "unconfirmed", "connection-cut"],
    [200, "deadline", "unconfirmed", "deadline"],
    [400, "deadline", "rejected", "rejected-by-provider"],
    [401, "connection-cut", "rejected", "key-rejected"],
    [302, "deadline", "unavailable", "redirected"],
    [429, "deadline", "unavailable", "rate-limited"],
    [500, "connection-cut", "unavailable", "provider-error"],
  ] as const)("is judged by its status where that is enough: %i, %s: %s, %s", (status, cut, outcome, reason) => {
    expect(outcomeOf(answered(status, undefined, cut), parseSmsReply)).toMatchObject({ outcome, reason });
  });
});
