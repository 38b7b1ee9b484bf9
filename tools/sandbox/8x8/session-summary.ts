import { randomUUID } from "node:crypto";
import type { Received } from "./api.ts";

/** Returns a list with one receipt, because 8x8 sends only one for a call. */
export function callReceipts(
  call: Received,
  reply: object,
  subAccount: string,
  state: string,
  errorCode?: number,
) {
  const { sessionId } = reply as { sessionId: string };
  return [sessionSummary({ ...call, sessionId, subAccount }, state.toUpperCase(), errorCode)];
}

type SentCall = Received & { sessionId: string; subAccount: string };

/**
 * The inconsistent case of the field names is the same as in 8x8's documents:
 * https://developer.8x8.com/connect/docs/voice/voice-messaging/session-status
 */
export function sessionSummary(call: SentCall, sessionStatus: string, errorCode = -2004): object {
  const { sessionId, subAccount, source, destination, at } = call;
  const [startTime, endTime] = [at.toISOString(), new Date().toISOString()];
  const answered = sessionStatus === "COMPLETED";
  const leg = {
    callId: randomUUID(),
    callDirection: "OUTBOUND",
    callType: "PSTN",
    source,
    destination,
    initiatedTimestamp: startTime,
    ...(answered && { connectedTimestamp: endTime }),
    disconnectedTimestamp: endTime,
    sourceFormat: "MSISDN",
    destinationFormat: "MSISDN",
    SourceRefId: "null",
    callStatus: sessionStatus,
    callDuration: answered ? 13 : 0,
  };
  const errorDetails = { errorMsg: `No coverage for ${destination}`, errorCode };
  return {
    payload: {
      sessionId,
      subAccountId: subAccount,
      sessionStatus,
      startTime,
      endTime,
      lastAction: answered ? "HANGUP" : "MAKE_CALL",
      callCount: 1,
      ...(sessionStatus === "ERROR" && { errorDetails }),
      details: { [answered ? "CallA" : "callA"]: leg },
    },
    namespace: "VOICE",
    eventType: "SESSION_SUMMARY",
    description: "Summary of a completed call session",
  };
}
