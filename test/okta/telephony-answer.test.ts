import type { HookResult } from "../../src/rules/outcome.ts";
import { answerOkta } from "../../src/functions/telephony-hook.ts";
import { judgeAnswer } from "../../tools/sandbox/okta.ts";
import { resultOf, type GivenResult } from "./hook-result.ts";

type AnswerPolicy = Parameters<typeof answerOkta>[1];

const plain: AnswerPolicy = { refused: "failed", unconfirmed: "failed" };
const policies: readonly AnswerPolicy[] = (["failed", "suppress"] as const).flatMap((refused) =>
  (["failed", "pending"] as const).map((unconfirmed) => ({ refused, unconfirmed })),
);

interface Answer {
  readonly commands?: readonly { readonly value: readonly Record<string, string>[] }[];
  readonly debugContext?: unknown;
  readonly error?: {
    readonly errorSummary: string;
    readonly errorCauses?: readonly Record<string, string>[];
  };
}

function answer(result: GivenResult, policy: AnswerPolicy = plain) {
  const { status, body } = answerOkta(resultOf(result), policy);
  const json = JSON.parse(body) as Answer;
  return {
    status,
    body: json,
    judged: judgeAnswer(status, "application/json", body),
    action: json.commands?.[0]?.value[0],
  };
}

const causes = [{ path: "data.messageProfile.otpCode", reason: "not-an-otp-code" }] as const;
const id = "bda3d56d-1424-e711-813c-06ed3428fe67";

// docs/troubleshoot.md has the same answers in its table of answers.
const rows: Record<
  HookResult["outcome"],
  { result: GivenResult; expected: (policy: AnswerPolicy) => [number, string] }
> = {
  accepted: {
    result: { outcome: "accepted", id, code: "QUEUED" },
    expected: () => [200, "successful"],
  },
  rejected: {
    result: { outcome: "rejected", reason: "invalid-number", code: "1002" },
    expected: () => [200, "failed"],
  },
  refused: {
    result: { outcome: "refused", reason: "country-blocked" },
    expected: ({ refused }) => [200, refused === "suppress" ? "successful" : "failed"],
  },
  unconfirmed: {
    result: { outcome: "unconfirmed", reason: "deadline" },
    expected: ({ unconfirmed }) => [200, unconfirmed === "pending" ? "pending" : "failed"],
  },
  unavailable: {
    result: { outcome: "unavailable", reason: "rate-limited" },
    expected: () => [503, "error"],
  },
  malformed: {
    result: { outcome: "malformed", reason: "wrong-shape", causes },
    expected: () => [400, "error"],
  },
  unauthenticated: {
    result: { outcome: "unauthenticated", reason: "wrong-secret" },
    expected: () => [401, "error"],
  },
};

describe.each(Object.values(rows))("$result.outcome", ({ result, expected }) => {
  test.each(policies)(
    "answerOkta follows the settings refused=$refused and unconfirmed=$unconfirmed",
    (policy) => {
      const { status, judged } = answer(result, policy);
      expect([status, judged.answer]).toEqual(expected(policy));
      expect(judged.contractKept).toBe(true);
    },
  );
});

test.each([
  [{ reason: "country-unfinished", suppressible: true }, "suppress", "successful"],
  [{ reason: "country-unfinished", suppressible: false }, "suppress", "failed"],
  [{ reason: "country-unfinished", suppressible: true }, "failed", "failed"],
  // An expired code is no sign of toll fraud, so Okta's own provider should send the code even
  // under `suppress`.
  [{ reason: "expired-code" }, "suppress", "failed"],
] as const)(
  "for the refusal %j and the setting refused=%s, answerOkta answers %s",
  (refusal, refused, expected) => {
    expect(
      answer({ outcome: "refused", ...refusal }, { refused, unconfirmed: "failed" }).judged.answer,
    ).toBe(expected);
  },
);

test("for a rejected code, transactionMetadata and debugContext have the reason and 8x8's error code", () => {
  const { action, body } = answer(rows.rejected.result);
  const details = { outcome: "rejected", reason: "invalid-number", providerCode: "1002" };
  expect(JSON.parse(action?.["transactionMetadata"] ?? "")).toEqual(details);
  expect(body.debugContext).toEqual(details);
});

test("debugContext has the version of the hook secret and the guard's reason only if they are known", () => {
  const { body } = answerOkta(resultOf(rows.accepted.result), plain, {
    secretVersion: 2,
    guardReason: "country-calls",
  });
  expect((JSON.parse(body) as Answer).debugContext).toMatchObject({
    secretVersion: 2,
    guardReason: "country-calls",
  });
  expect(JSON.stringify(answer(rows.accepted.result).body)).not.toMatch(
    /secretVersion|guardReason/,
  );
});

test("for a suppressed refusal, debugContext and transactionMetadata still have the reason", () => {
  const { action, body } = answer(rows.refused.result, {
    refused: "suppress",
    unconfirmed: "failed",
  });
  expect(body.debugContext).toMatchObject({ outcome: "refused", reason: "country-blocked" });
  expect(action?.["transactionMetadata"]).toContain("country-blocked");
});

test("errorSummary has no vendor's name and no technical details, because end users may see it", () => {
  for (const { result } of Object.values(rows)) {
    const summary = answer(result).body.error?.errorSummary ?? "";
    expect(summary).not.toMatch(/8x8|okta|azure|key|secret|http|-|\d|json/i);
  }
});

test("the answer to an unauthenticated caller does not depend on the reason", () => {
  expect(answer({ outcome: "unauthenticated", reason: "no-header" })).toEqual(
    answer(rows.unauthenticated.result),
  );
});
