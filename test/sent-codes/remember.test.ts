import type { Attempt } from "../../src/rules/outcome.ts";
import type { SentCode } from "../../src/sent-codes/code-table.ts";
import { createRemember } from "../../src/sent-codes/codes.ts";
import { sampleCodeRequest, samplePhoneNumber } from "../rules/sample-code-request.ts";

const now = new Date("2030-01-01T00:00:02Z");
const countedAt = new Date("2030-01-01T00:00:00Z");

const attempt = (startedAt: string, made: Partial<Attempt>) =>
  ({
    provider: "8x8",
    channel: "sms",
    host: "sms.8x8.com",
    startedAt: new Date(startedAt),
    durationMs: 400,
    status: 200,
    ...made,
  }) as Attempt;
const failed = attempt("2030-01-01T00:00:00.100Z", {
  ok: false,
  outcome: "unavailable",
  reason: "provider-error",
});
const accepted = attempt("2030-01-01T00:00:01Z", { ok: true, outcome: "accepted", id: "umid" });

function rememberedAfter(attempts: readonly Attempt[], isNeeded = true): SentCode | undefined {
  let code: SentCode | undefined;
  const codes = { remember: (sent: SentCode) => void (code = sent) };
  const remember = createRemember({ now: () => now.getTime() }, codes, () => isNeeded);
  remember(sampleCodeRequest(), samplePhoneNumber(), { attempts }, { phoneKey: "k", countedAt });
  return code;
}

test("a stored code has the start time, the channel and the ID of the attempt that 8x8 accepted", () => {
  expect(rememberedAfter([failed, accepted])).toMatchObject({
    sentAt: accepted.startedAt,
    sentBy: "sms",
    providerId: "umid",
    countedAt,
  });
});

test("for a refused code, sentAt is the current time, because Okta may send the code itself", () => {
  expect(rememberedAfter([])).toMatchObject({ sentAt: now, providerId: undefined });
});

test("a code that no provider accepted has no countedAt", () => {
  const unanswered = attempt("2030-01-01T00:00:01Z", { ok: false, outcome: "unconfirmed" });
  for (const attempts of [[], [failed], [unanswered]])
    expect(rememberedAfter(attempts)?.countedAt).toBeUndefined();
});

test("the app stores no code if it does not match used codes", () => {
  expect(rememberedAfter([accepted], false)).toBeUndefined();
});
