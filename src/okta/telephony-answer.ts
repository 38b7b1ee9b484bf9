import type { AttemptOutcome, Refused } from "../delivery/outcome.ts";
import { isSuppressible, type GuardReason, type Reason } from "../delivery/reasons.ts";
import type { Malformed } from "./telephony-request.ts";

export type HookResult =
  | AttemptOutcome
  | Refused
  | Malformed
  | {
      readonly ok: false;
      readonly outcome: "unauthenticated";
      readonly reason: Reason<"unauthenticated">;
    };

/** Answers that the operator chooses. */
export interface AnswerPolicy {
  /**
   * `suppress` answers SUCCESSFUL to what looks like abuse, so that Okta's own provider does not
   * send the code either.
   */
  readonly refused: "failed" | "suppress";
  readonly unconfirmed: "failed" | "pending";
}

interface AnsweredRequest {
  /** Okta's id of the request. If 8x8 accepts a code without an id, it is the transaction id. */
  readonly eventId?: string | undefined;
  /**
   * The version of the hook secret that Okta sent. 1 is the newest. A rotation waits until Okta
   * sends that one. Undefined if Okta sent a token.
   */
  readonly secretVersion?: number | undefined;
  /** The limit that a sent code exceeded, if the guard only records it. */
  readonly guardReason?: GuardReason | undefined;
}

interface OktaAnswer {
  readonly status: number;
  readonly body: string;
}

/**
 * Unless the answer is a 200 with SUCCESSFUL, Okta sends the code through its own provider, if the
 * org has one. Okta does not document what PENDING does. docs/troubleshoot.md explains each answer.
 * https://developer.okta.com/docs/api/openapi/okta-management/management/tags/inlinehook/webhooks/createtelephonyinlinehook
 */
export function answerOkta(
  result: HookResult,
  policy: AnswerPolicy,
  request: AnsweredRequest = {},
): OktaAnswer {
  switch (result.outcome) {
    case "accepted":
      return command("SUCCESSFUL", { ...result, id: result.id ?? request.eventId }, request);
    case "rejected":
      return command("FAILED", result, request);
    case "refused":
      return command(
        policy.refused === "suppress" && isSuppressible(result) ? "SUCCESSFUL" : "FAILED",
        result,
        request,
      );
    case "unconfirmed":
      return command(policy.unconfirmed === "pending" ? "PENDING" : "FAILED", result, request);
    case "unavailable":
      return error(503, "The code could not be sent right now.");
    case "malformed":
      return error(malformedStatus(result), "The request could not be read.", result.causes);
    case "unauthenticated":
      return error(401, "The request was not authenticated.");
  }
}

interface Details {
  readonly outcome: string;
  readonly reason?: string | undefined;
  readonly id?: string | undefined;
  readonly code?: string | undefined;
}

function command(
  status: "SUCCESSFUL" | "PENDING" | "FAILED",
  { outcome, reason, id, code }: Details,
  { secretVersion, guardReason }: AnsweredRequest,
): OktaAnswer {
  const details = { outcome, reason, providerCode: code, secretVersion, guardReason };
  const value = {
    status,
    provider: "8x8",
    transactionId: id,
    transactionMetadata: JSON.stringify(details),
  };
  return json(200, {
    commands: [{ type: "com.okta.telephony.action", value: [value] }],
    debugContext: details,
  });
}

/** `errorSummary` can reach end users: https://developer.okta.com/docs/concepts/inline-hooks/ */
function error(status: number, errorSummary: string, causes: Malformed["causes"] = []): OktaAnswer {
  const errorCauses = causes.map(({ path, reason }) => ({
    errorSummary,
    reason,
    locationType: "body",
    location: path,
  }));
  return json(status, { error: { errorSummary, ...(causes.length > 0 && { errorCauses }) } });
}

function malformedStatus({ reason }: Malformed): number {
  if (reason === "too-large") return 413;
  return reason === "wrong-content-type" ? 415 : 400;
}

function json(status: number, body: object): OktaAnswer {
  return { status, body: JSON.stringify(body) };
}
