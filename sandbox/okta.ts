import * as z from "zod";

/** Changes by the part of the body that they go into; undefined takes a field away. */
export interface HookChanges {
  readonly envelope?: Record<string, unknown>;
  readonly request?: Record<string, unknown>;
  readonly userProfile?: Record<string, unknown>;
  readonly messageProfile?: Record<string, unknown>;
}

/** The SMS preview that Okta published, which is also what 8x8's tutorial shows, with a code that is still good. */
export function hookBody({ envelope, request, userProfile, messageProfile }: HookChanges = {}): object {
  const now = Date.now();
  return {
    eventId: "uS5871kJThSsU8qlA1LTcg",
    eventTime: new Date(now).toISOString(),
    eventType: "com.okta.telephony.provider",
    eventTypeVersion: "1.0",
    contentType: "application/json",
    cloudEventVersion: "0.1",
    source: "https://example.okta.com/api/v1/inlineHooks/calz6lVQA77AwFeEe0g3",
    requestType: "com.okta.user.telephony.pre-enrollment",
    data: {
      context: {
        request: {
          id: "reqRgSk8IBBRhuo0YdlEDTmUw",
          method: "POST",
          url: { value: "/api/internal/v1/inlineHooks/com.okta.telephony.provider/generatePreview" },
          ipAddress: "127.0.0.1",
          ...request,
        },
      },
      userProfile: {
        firstName: "test",
        lastName: "user",
        login: "test.user@okta.com",
        userId: "00uyxxSknGtK8022w0g3",
        ...userProfile,
      },
      messageProfile: {
        msgTemplate: "(HOOK)Your code is 11111",
        phoneNumber: "9876543210",
        otpExpires: new Date(now + 5 * 60_000).toISOString(),
        deliveryChannel: "SMS",
        otpCode: "11111",
        locale: "EN-US",
        ...messageProfile,
      },
    },
    ...envelope,
  };
}

// Okta's contract: https://developer.okta.com/docs/concepts/inline-hooks/ and …/docs/api/openapi/okta-management/
// management/tags/inlinehook/webhooks/createtelephonyinlinehook. Okta may overlook what is not in it; we send nothing else.
const action = z.strictObject({
  status: z.enum(["SUCCESSFUL", "PENDING", "FAILED"]),
  provider: z.string().optional(),
  transactionId: z.string().optional(),
  transactionMetadata: z.string().optional(),
});
const debugContext = z.record(z.string(), z.unknown()).optional();
const commands = z.strictObject({
  commands: z.tuple([z.strictObject({ type: z.literal("com.okta.telephony.action"), value: z.tuple([action]) })]),
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

export interface Verdict {
  /** `error` is an error object, under whatever status; `broken` is all that Okta's contract does not know. */
  readonly answer: "successful" | "pending" | "failed" | "error" | "broken";
  readonly contractKept: boolean;
  /** What Okta does, and who sees it. */
  readonly words: string;
  readonly transactionId?: string | undefined;
  /** What the answer tells administrators: debugContext, or where and why an error has its causes. */
  readonly details?: object | undefined;
}

const fallback = "Okta sends the code through its own, rate-limited provider";

/** What Okta makes of an answer that came in time. */
export function judgeAnswer(status: number, contentType: string | null, bodyText: string): Verdict {
  const problem = problemOf(contentType, bodyText);
  if (problem !== undefined) return broken(status, problem);
  const body: unknown = JSON.parse(bodyText);
  const error = errorObject.safeParse(body);
  if (error.success) {
    const sees = status === 200 ? "administrators, developers and the end user see the error" : "administrators see it";
    const details = error.data.error.errorCauses?.map(({ location, reason }) => ({ location, reason }));
    const words = `Error object with HTTP ${status}: ${fallback}; ${sees}.`;
    return { answer: "error", contractKept: true, words, details };
  }
  if (status !== 200) return broken(status, "it is neither a 200 nor an error object");
  const accepted = commands.safeParse(body);
  if (!accepted.success) {
    const paths = accepted.error.issues.map(({ path, message }) => `${path.join(".") || "body"}: ${message}`);
    return broken(status, paths.join("; "));
  }
  const {
    debugContext: details,
    commands: [
      {
        value: [{ status: word, transactionId }],
      },
    ],
  } = accepted.data;
  switch (word) {
    case "SUCCESSFUL":
      return {
        answer: "successful",
        contractKept: true,
        words: "Accepted: Okta sends nothing itself.",
        transactionId,
        details,
      };
    case "PENDING":
      return {
        answer: "pending",
        contractKept: true,
        words: "Pending: Okta does not document whether it sends the code as well.",
        transactionId,
        details,
      };
    case "FAILED":
      return { answer: "failed", contractKept: true, words: `Failed: ${fallback}.`, transactionId, details };
  }
}

function problemOf(contentType: string | null, bodyText: string): string | undefined {
  if (!/^application\/json\s*(;|$)/i.test(contentType ?? "")) return "it is not declared as JSON";
  if (Buffer.byteLength(bodyText) >= 256_000) return "it is not under 256 KB";
  try {
    JSON.parse(bodyText);
    return undefined;
  } catch {
    return "it is not JSON";
  }
}

function broken(status: number, why: string): Verdict {
  const words = `Not Okta's contract (HTTP ${status}; ${why}): ${fallback}; administrators see it.`;
  return { answer: "broken", contractKept: false, words };
}
