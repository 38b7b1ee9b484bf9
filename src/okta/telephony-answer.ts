import type { Malformed } from "../rules/outcome.ts";
import type { GuardReason } from "../rules/reasons.ts";

interface Details {
  readonly outcome: string;
  readonly reason?: string | undefined;
  /** 8x8's id. */
  readonly id?: string | undefined;
  /** 8x8's code. */
  readonly code?: string | undefined;
}

export interface AnsweredRequest {
  /** Okta's id of the request, also used as the transaction id if 8x8's reply has no id. */
  readonly eventId?: string | undefined;
  /**
   * The version of the hook secret that Okta sent. 1 is the newest: during a rotation, wait until
   * Okta sends 1. Undefined if Okta sent a token.
   */
  readonly secretVersion?: number | undefined;
  /** The limit that a sent code exceeded, if the guard only records it. */
  readonly guardReason?: GuardReason | undefined;
}

/**
 * A 200 with a command. Okta's System Log shows its debugContext.
 * https://developer.okta.com/docs/api/openapi/okta-management/management/tags/inlinehook/webhooks/createtelephonyinlinehook
 */
export function commandAnswer(
  status: "SUCCESSFUL" | "PENDING" | "FAILED",
  { outcome, reason, id, code }: Details,
  { secretVersion, guardReason }: AnsweredRequest,
) {
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
export function errorAnswer(
  status: number,
  errorSummary: string,
  causes: Malformed["causes"] = [],
) {
  const errorCauses = causes.map(({ path, reason }) => ({
    errorSummary,
    reason,
    locationType: "body",
    location: path,
  }));
  return json(status, { error: { errorSummary, ...(causes.length > 0 && { errorCauses }) } });
}

function json(status: number, body: object) {
  return {
    status,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  };
}
