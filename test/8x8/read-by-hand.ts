import { reasonOfCode, reasonOfDescription } from "../../src/8x8/status-codes.ts";
import type { ParsedReply } from "../../src/8x8/reply.ts";

/** Other readers of 8x8's answers, written by hand: what the schemas are compared with. */
export function readSmsByHand(body: unknown, httpStatus: number): ParsedReply | undefined {
  const { umid, status, code } = fieldsOf(body);
  if (httpStatus >= 300) return rejection(code);
  const { code: said, description } = fieldsOf(status);
  if (said !== "QUEUED" && said !== "REJECTED") return undefined;
  return {
    accepted: said === "QUEUED",
    ...providerId(umid),
    code: said,
    reason: typeof description === "string" ? reasonOfDescription(description) : undefined,
  };
}

export function readVoiceByHand(body: unknown): ParsedReply | undefined {
  const { sessionStatus, statusCode, sessionId } = fieldsOf(body);
  if (sessionStatus === "CREATED" && statusCode === 1)
    return { accepted: true, ...providerId(sessionId), code: sessionStatus };
  if (sessionStatus !== "NOT_CREATED") return undefined;
  return rejection(statusCode) ?? { accepted: false, code: sessionStatus };
}

/** Of an answer that is no object, nothing. */
function fieldsOf(body: unknown): Readonly<Record<string, unknown>> {
  return typeof body === "object" && body !== null ? (body as Record<string, unknown>) : {};
}

function providerId(value: unknown): Pick<ParsedReply, "id" | "oddId"> {
  if (value === undefined || value === null) return { id: undefined };
  const isId = typeof value === "string" && /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(value);
  return isId ? { id: value } : { id: undefined, oddId: true };
}

function rejection(code: unknown): ParsedReply | undefined {
  const reason = reasonOfCode.get(code as number);
  return reason && { accepted: false, code: String(code), reason };
}
