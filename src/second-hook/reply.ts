import type { AttemptOutcome } from "../rules/outcome.ts";
import { readAnswer } from "../okta/telephony-answer.ts";
import type { Answered } from "../providers/client.ts";

/**
 * What a reply of the second hook means. Only its HTTP status and Okta's words are read: its ids and
 * sentences may hold a number or a code.
 */
export function outcomeOf({ status, body, cut }: Answered): AttemptOutcome {
  const no = { ok: false, code: String(status) } as const;
  // A hook passes its provider's limits and errors on, and may have sent the code before them.
  if (status >= 500)
    return { ...no, outcome: "unavailable", reason: "provider-error", mayBeSent: true };
  if (status === 429)
    return { ...no, outcome: "unavailable", reason: "rate-limited", mayBeSent: true };
  if (status === 401 || status === 403)
    return { ...no, outcome: "rejected", reason: "key-rejected" };
  if (status >= 400) return { ...no, outcome: "rejected", reason: "rejected-by-provider" };
  if (status >= 300) return { ...no, outcome: "unavailable", reason: "redirected" };
  const answer = status === 200 ? readAnswer(body) : undefined;
  if (answer === undefined)
    return { ...no, outcome: "unconfirmed", reason: cut ?? "unreadable-answer" };
  if (answer === "SUCCESSFUL" || answer === "PENDING")
    return { ok: true, outcome: "accepted", code: answer, pending: answer === "PENDING" };
  return { ...no, outcome: "rejected", reason: "rejected-by-provider", code: answer };
}
