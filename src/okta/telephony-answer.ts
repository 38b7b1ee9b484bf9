import type { Malformed, ProviderName } from "../rules/outcome.ts";
import type { GuardReason } from "../rules/reasons.ts";
import * as z from "zod";

interface Details {
  readonly outcome: string;
  readonly reason?: string | undefined;
  readonly otherReason?: string | undefined;
  readonly passedOver?: ProviderName | undefined;
  readonly provider?: ProviderName | undefined;
  readonly id?: string | undefined;
  readonly code?: string | undefined;
}

export interface AnsweredRequest {
  readonly eventId?: string | undefined;
  /** 1 for the newest version of the hook secret. Undefined with a token. */
  readonly secretVersion?: number | undefined;
  /** Set if a sent code exceeded a limit while the guard was in record mode. */
  readonly guardReason?: GuardReason | undefined;
}

const action = "com.okta.telephony.action";

/**
 * Returns a 200 with a command. Okta's System Log shows `debugContext`.
 * https://developer.okta.com/docs/api/openapi/okta-management/management/tags/inlinehook/webhooks/createtelephonyinlinehook
 */
export function commandAnswer(
  status: "SUCCESSFUL" | "PENDING" | "FAILED",
  { outcome, reason, provider = "8x8", id, code, otherReason, passedOver }: Details,
  { secretVersion, guardReason }: AnsweredRequest,
) {
  const details = {
    outcome,
    reason,
    otherReason,
    passedOver,
    providerCode: code,
    secretVersion,
    guardReason,
  };
  const value = {
    status,
    provider,
    transactionId: id,
    transactionMetadata: JSON.stringify(details),
  };
  return json(200, {
    commands: [{ type: action, value: [value] }],
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

const status = z.enum(["SUCCESSFUL", "PENDING", "FAILED"]);
const more = z.unknown();
const answer = z.object({
  commands: z.tuple(
    [z.object({ type: z.literal(action), value: z.tuple([z.object({ status })], more) })],
    more,
  ),
});
// `error` is an object in Okta's schema, but an array in Okta's example.
const error = z.object({ error: z.union([z.looseObject({}), z.array(more)]) });

/** Reads the answer of another telephony hook. Undefined if the body is no such answer. */
export function readAnswer(body: unknown) {
  if (error.safeParse(body).success) return "error";
  return answer.safeParse(body).data?.commands[0].value[0].status;
}
