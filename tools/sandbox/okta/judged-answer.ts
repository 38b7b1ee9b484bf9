import * as z from "zod";

// Okta's contract: https://developer.okta.com/docs/concepts/inline-hooks/ and
// https://developer.okta.com/docs/api/openapi/okta-management/management/tags/inlinehook/webhooks/createtelephonyinlinehook
// Okta may ignore other fields. The app sends no other fields.
const action = z.strictObject({
  status: z.enum(["SUCCESSFUL", "PENDING", "FAILED"]),
  provider: z.string().optional(),
  transactionId: z.string().optional(),
  transactionMetadata: z.string().optional(),
});
const debugContext = z.record(z.string(), z.unknown()).optional();
const commands = z.strictObject({
  commands: z.tuple([
    z.strictObject({ type: z.literal("com.okta.telephony.action"), value: z.tuple([action]) }),
  ]),
  debugContext,
});
const errorObject = z.strictObject({
  error: z.strictObject({
    errorSummary: z.string().min(1),
    errorCauses: z
      .array(
        z.strictObject({
          errorSummary: z.string().optional(),
          reason: z.string().optional(),
          locationType: z.enum(["body", "header", "url", "query"]).optional(),
          location: z.string().optional(),
          domain: z.string().optional(),
        }),
      )
      .optional(),
  }),
  debugContext,
});

// The app's own details. Okta shows these details to administrators, but does not act on them.
const ownWords = z.object({
  outcome: z.string(),
  reason: z.string().optional(),
  guardReason: z.string().optional(),
});

export interface JudgedAnswer {
  /** `error` is an error object with any status. `broken` is an answer outside Okta's contract. */
  readonly answer: "successful" | "pending" | "failed" | "error" | "broken";
  readonly contractKept: boolean;
  /** The app's own outcome, because the app may answer SUCCESSFUL to a refused code too. */
  readonly outcome?: string | undefined;
  readonly reason?: string | undefined;
  /** In record mode, the reason for which the guard would refuse the code in enforce mode. */
  readonly guardReason?: string | undefined;
  /** Sentences that say what Okta does and who sees the error. */
  readonly words: string;
  readonly transactionId?: string | undefined;
  /** Details for administrators: debugContext, or the location and reason of each error cause. */
  readonly details?: object | undefined;
}

const sendsItself = "If your org has Okta's own provider, Okta delivers the code itself.";

/** Returns what Okta does with an answer that came in time. */
export function judgeAnswer(
  status: number,
  contentType: string | null,
  bodyText: string,
): JudgedAnswer {
  const problem = problemOf(contentType, bodyText);
  if (problem !== undefined) return broken(status, problem);
  const body: unknown = JSON.parse(bodyText);
  const error = errorObject.safeParse(body);
  if (error.success) {
    const sees =
      status === 200
        ? "Administrators, developers and the end user see the error."
        : "Administrators see the error.";
    const details = error.data.error.errorCauses?.map(({ location, reason }) => ({
      location,
      reason,
    }));
    const words = `Error object with HTTP ${status}. ${sendsItself} ${sees}`;
    return { answer: "error", contractKept: true, words, details };
  }
  if (status !== 200) return broken(status, "the answer is neither HTTP 200 nor an error object");
  const command = commands.safeParse(body);
  if (!command.success) {
    const paths = command.error.issues.map(
      ({ path, message }) => `${path.join(".") || "body"}: ${message}`,
    );
    return broken(status, paths.join("; "));
  }
  return judgeCommand(command.data);
}

const answers = { SUCCESSFUL: "successful", PENDING: "pending", FAILED: "failed" } as const;

function judgeCommand({
  debugContext: details,
  commands: [{ value }],
}: z.infer<typeof commands>): JudgedAnswer {
  const [{ status, transactionId }] = value;
  const { outcome, reason, guardReason } = ownWords.safeParse(details).data ?? {};
  const successful =
    outcome === undefined || outcome === "accepted"
      ? "Accepted: Okta sends nothing itself."
      : `The app answered SUCCESSFUL, but its outcome is ${outcome}${reason === undefined ? "" : ` (${reason})`}. The code is not sent.`;
  const words = {
    SUCCESSFUL: successful,
    PENDING: "Pending: Okta does not document whether it sends the code as well.",
    FAILED: `Failed. ${sendsItself}`,
  };
  const own = { outcome, reason, guardReason };
  return {
    answer: answers[status],
    contractKept: true,
    ...own,
    words: words[status],
    transactionId,
    details,
  };
}

function problemOf(contentType: string | null, bodyText: string): string | undefined {
  if (!/^application\/json\s*(;|$)/i.test(contentType ?? ""))
    return "its content type is not application/json";
  if (Buffer.byteLength(bodyText) >= 256_000) return "it has 256,000 bytes or more";
  try {
    JSON.parse(bodyText);
    return undefined;
  } catch {
    return "it is not JSON";
  }
}

function broken(status: number, why: string): JudgedAnswer {
  const words = `Not in Okta's format (HTTP ${status}, ${why}). ${sendsItself} Administrators see the error.`;
  return { answer: "broken", contractKept: false, words };
}
