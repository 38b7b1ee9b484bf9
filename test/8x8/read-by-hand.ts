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
    id: providerId(umid),
    code: said,
    reason: typeof description === "string" ? reasonOfDescription(description) : undefined,
  };
}

export function readVoiceByHand(body: unknown): ParsedReply | undefined {
  const { sessionStatus, statusCode, sessionId } = fieldsOf(body);
  const id = providerId(sessionId);
  if (sessionStatus === "CREATED" && statusCode === 1) return { accepted: true, id, code: sessionStatus };
  return sessionStatus === "NOT_CREATED" ? rejection(statusCode) : undefined;
}

/** Of an answer that is no object, nothing. */
function fieldsOf(body: unknown): Readonly<Record<string, unknown>> {
  return typeof body === "object" && body !== null ? (body as Record<string, unknown>) : {};
}

/** 8x8's ids and codes go to Okta and to telemetry: what might be a phone number is none. */
function providerId(value: unknown): string | undefined {
  return typeof value === "string" && /^(?=.*[a-z-])[\w-]{1,64}$/i.test(value) ? value : undefined;
}

/** One of 8x8's numbered refusals. Undefined where that is no code. */
function rejection(code: unknown): ParsedReply | undefined {
  if (typeof code !== "number" || !Number.isInteger(code) || Math.abs(code) > 99_999) return undefined;
  return { accepted: false, code: String(code), reason: reasonOfCode.get(code) };
}
