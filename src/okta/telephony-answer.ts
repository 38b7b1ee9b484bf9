import type { AttemptOutcome, Refused } from "../delivery/outcome.ts";
import { isSuppressible, type GuardReason, type Reason } from "../delivery/reasons.ts";
import type { Malformed } from "./telephony-request.ts";

/** Every way in which a request can end. */
export type HookResult =
  | AttemptOutcome
  | Refused
  | Malformed
  | {
      readonly ok: false;
      readonly outcome: "unauthenticated";
      readonly reason: Reason<"unauthenticated">;
    };

/** The operator's choice where Okta's contract leaves one. */
export interface AnswerPolicy {
  /**
   * `suppress` answers SUCCESSFUL to what looks like abuse, so that Okta's own provider does not
   * send it.
   */
  readonly refused: "failed" | "suppress";
  readonly unconfirmed: "failed" | "pending";
}

/** What is known of the request by the time of its answer. */
interface AnsweredRequest {
  /** Okta's id of the hook. It is the transaction id where 8x8 gave none. */
  readonly eventId?: string | undefined;
  /**
   * Which version of the hook secret Okta sent, 1 for the newest: a rotation waits to see it.
   * Undefined with a token.
   */
  readonly secretVersion?: number | undefined;
  /** Why the guard would have refused a code that was sent: it only records. */
  readonly guardReason?: GuardReason | undefined;
}

interface OktaAnswer {
  readonly status: number;
  readonly body: string;
}

/**
 * The answer to Okta. Okta sends the code through its own provider whenever this is not a 200 that
 * says SUCCESSFUL (of PENDING nothing is documented), so each row is a decision: see
 * docs/troubleshoot.md.
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
