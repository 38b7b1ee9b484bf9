import type { Reason } from "../rules/reasons.ts";

type RejectedReason = Reason<"rejected">;

// Every code that 8x8 documents for a single SMS or a callflow, grouped by meaning for a code:
// https://developer.8x8.com/connect/docs/api-error-codes
// https://developer.8x8.com/connect/docs/voice/error-codes/voice-status-codes
// A code counts only with a 4xx other than 429, or with NOT_CREATED in a 200.
const reasons: Record<RejectedReason, readonly number[]> = {
  "key-rejected": [1200, 401],
  forbidden: [1201, 403],
  "wrong-subaccount": [1001, 2003, 404],
  "invalid-number": [1002, 1009, 3002, 3003, 3018, -1017],
  "invalid-sender": [1005, 3011, -1014],
  "invalid-text": [1003, 1004, 3004, 3005, 3006, 3017, -1016],
  "invalid-voice": [-1002],
  "expired-at-provider": [1006, -1015],
  "resend-interval": [1400],
  "insecure-protocol": [1014],
  // 2007 is "Insufficient balance" of 8x8's number lookup. 8x8 does not document the code of an SMS
  // or a call without credit.
  "no-credit": [2007, 402],
  "invalid-request": [
    ...[1000, 1007, 1008, ...range(1010, 1012), 1100, 1300, 2001, 2002],
    ...[3001, ...range(3007, 3010), ...range(3012, 3016), ...range(3019, 3053), 3060],
    ...[-1001, ...range(-1013, -1003), ...range(-1020, -1018)],
  ],
  // Failures inside 8x8. 8x8 may report them with a 4xx or with NOT_CREATED.
  "rejected-by-provider": [2000, -9999],
};

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

export const reasonOfCode: ReadonlyMap<number, RejectedReason> = new Map(
  Object.entries(reasons).flatMap(([reason, codes]) =>
    codes.map((code) => [code, reason as RejectedReason]),
  ),
);
