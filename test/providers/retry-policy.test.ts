import type { Reply } from "../../src/providers/client.ts";
import { retryDelayMs } from "../../src/providers/retry.ts";

const now = Date.parse("2030-01-01T00:00:00Z");
const answered = (status: number, retryAfter?: string): Reply => ({
  kind: "answered",
  status,
  retryAfter,
  body: undefined,
  cut: undefined,
});
const waitFor = (reply: Reply, remainingMs = 2_000) => retryDelayMs(reply, remainingMs, now);

test.each<[string, Reply]>([
  ["after a hang", { kind: "unanswered", cause: "deadline" }],
  ["after a reset", { kind: "unanswered", cause: "connection-cut" }],
  ...[200, 202, 302, 307, 400, 401, 403, 404, 408, 409, 426, 500, 501, 502, 504].map(
    (status): [string, Reply] => [`after a ${status}`, answered(status, "0")],
  ),
  ["after a 429 without a Retry-After", answered(429)],
  [
    "after a cut 200",
    { kind: "answered", status: 200, retryAfter: "0", body: undefined, cut: "connection-cut" },
  ],
])("retryDelayMs returns no delay %s", (_, reply) => {
  expect(waitFor(reply)).toBeUndefined();
});

test.each<[string, Reply]>([
  ["if the first attempt was not sent", { kind: "unsent", cause: "unreachable" }],
  ["after a 503", answered(503)],
  ["after a 503 whose Retry-After cannot be read", answered(503, "soon")],
])("retryDelayMs returns at most 200 ms %s", (_, reply) => {
  expect(waitFor(reply)).toBeGreaterThan(0);
  expect(waitFor(reply)).toBeLessThanOrEqual(200);
});

describe.each([429, 503])("Retry-After of a %i", (status) => {
  test.each([
    ["1", 1_000],
    ["0", 0],
    [" 1 ", 1_000],
    ["Tue, 01 Jan 2030 00:00:01 GMT", 1_000],
    ["Mon, 31 Dec 2029 23:59:59 GMT", 0],
  ])("for a Retry-After of %j, retryDelayMs returns %i ms", (retryAfter, wait) => {
    expect(waitFor(answered(status, retryAfter))).toBe(wait);
  });

  test.each(["2", "60", "2029", "999999999", "Tue, 01 Jan 2030 00:01:00 GMT"])(
    "for a Retry-After of %j, which exceeds the remaining time, retryDelayMs returns no delay",
    (retryAfter) => {
      expect(waitFor(answered(status, retryAfter))).toBeUndefined();
    },
  );

  test.each(["", "-1", "1.5", "1 s", "soon 1", "0x1", "9999999999999"])(
    "retryDelayMs ignores a Retry-After of %j",
    (retryAfter) => {
      expect(waitFor(answered(status, retryAfter))).toBe(waitFor(answered(status)));
    },
  );
});

test("retryDelayMs returns no delay if the pause would leave no time for a second attempt", () => {
  expect(waitFor(answered(429, "1"), 1_150)).toBeUndefined();
  expect(waitFor(answered(429, "1"), 1_300)).toBe(1_000);
  for (const remainingMs of [100, 0])
    expect(waitFor({ kind: "unsent", cause: "unreachable" }, remainingMs)).toBeUndefined();
  expect(waitFor(answered(429, "0"), 0)).toBeUndefined();
});
