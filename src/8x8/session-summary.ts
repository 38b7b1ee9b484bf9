import * as z from "zod";
import {
  instant,
  phoneNumber,
  parseWith,
  reasonOfError,
  type Receipt,
  type ReceiptKind,
} from "./receipt.ts";

// The states and codes: https://developer.8x8.com/connect/docs/voice/voice-messaging/session-status
export const callStates = [
  "completed",
  "no_answer",
  "busy",
  "canceled",
  "failed",
  "error",
  "completed_unsubscribed",
  "completed_unsub_error",
  "unsubscribed_contact",
] as const;

/** The last action that a call ran. */
const lastActions = ["make_call", "say", "hangup"] as const;
const errorCode = z.int().refine((code) => (code >= -2010 && code <= -2001) || code === -9999);

/** 8x8's pages write `NO_ANSWER` and `NO ANSWER`, `CANCELED` and `CANCELLED`. */
const word = z
  .string()
  .transform((text) => text.toLowerCase().replaceAll(" ", "_").replace("cancelled", "canceled"));

/** Its names in lower case. */
export const sessionSummary = z.object({
  payload: z.object({
    sessionid: z.guid(),
    sessionstatus: word.pipe(z.enum(callStates)).nullish(),
    endtime: instant.nullish(),
    lastaction: word.pipe(z.enum(lastActions)).nullish(),
    errordetails: z.object({ errorcode: errorCode.nullish() }).nullish(),
    details: z
      .object({
        calla: z
          .object({ destination: phoneNumber.nullish(), connectedtimestamp: instant.nullish() })
          .nullish(),
      })
      .nullish(),
  }),
});

export const callReceipts: ReceiptKind = {
  namespace: "VOICE",
  eventType: "SESSION_SUMMARY",
  parse: (json) => parseWith(sessionSummary, withLowerCaseNames(json), fromSessionSummary),
};

function fromSessionSummary({
  payload,
}: z.infer<typeof sessionSummary>): Omit<Receipt, "oddPaths"> {
  const { sessionid, sessionstatus, endtime, lastaction, errordetails, details } = payload;
  return {
    channel: "voice",
    providerId: sessionid,
    state: sessionstatus ?? "unknown",
    detail: lastaction ?? undefined,
    errorCode: errordetails?.errorcode ?? undefined,
    reason: reasonOfError(errordetails?.errorcode),
    phoneNumber: details?.calla?.destination ?? undefined,
    statusAt: details?.calla?.connectedtimestamp ?? endtime ?? undefined,
  };
}

/** Down to the fields of a call. */
const nesting = 4;

/** 8x8's examples write `callA` and `CallA`. */
function withLowerCaseNames(json: unknown, depth = nesting): unknown {
  if (depth === 0 || typeof json !== "object" || json === null || Array.isArray(json)) return json;
  const fields = Object.entries(json).map(([name, value]) => [
    name.toLowerCase(),
    withLowerCaseNames(value, depth - 1),
  ]);
  return Object.fromEntries(fields);
}
