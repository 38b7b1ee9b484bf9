import type { DeliveryOutcome, RejectedReason } from "../delivery/outcome.ts";
import type { Reply } from "./client.ts";
import { reasonOfCode, reasonOfStatus } from "./codes.ts";

/** What one of 8x8's APIs says in an answer's body, in our words. Undefined where the body is not of its shape. */
export type ReadBody = (body: unknown, status: number) => Verdict | undefined;

export interface Verdict {
  readonly accepted: boolean;
  readonly id?: string | undefined;
  readonly code: string;
  /** Why not, where 8x8 says so. */
  readonly reason?: RejectedReason | undefined;
}

/** The HTTP status decides for 429, 5xx and redirects, whatever the body says; a 200 is what its body says. */
export function outcomeOf(reply: Reply, read: ReadBody): DeliveryOutcome {
  if (reply.kind === "unsent")
    return { outcome: "unavailable", reason: reply.cause === "deadline" ? "deadline-before-sending" : "unreachable" };
  if (reply.kind === "unanswered") return { outcome: "unconfirmed", reason: reply.cause };

  const { status, cut } = reply;
  const verdict = read(reply.body, status);
  const answer = { id: verdict?.id, code: verdict?.code ?? String(status) };
  const reason = verdict?.reason ?? reasonOfStatus(status);
  if (status === 429) return { outcome: "unavailable", reason: "rate-limited", ...answer };
  if (status >= 500) return { outcome: "unavailable", reason: "provider-error", ...answer };
  if (status >= 400) return { outcome: "rejected", reason, ...answer };
  if (status >= 300) return { outcome: "unavailable", reason: "redirected", ...answer };
  if (verdict === undefined) return { outcome: "unconfirmed", reason: cut ?? "unreadable-answer", ...answer };
  if (verdict.accepted) return { outcome: "accepted", ...answer };
  return { outcome: "rejected", reason, ...answer };
}

/** Of an answer that is no object, nothing. */
export function fieldsOf(body: unknown): Readonly<Record<string, unknown>> {
  return typeof body === "object" && body !== null ? (body as Record<string, unknown>) : {};
}

/** 8x8's ids and codes go to Okta and to telemetry: what might be a phone number is none. */
export function providerId(value: unknown): string | undefined {
  return typeof value === "string" && /^(?=.*[a-z-])[\w-]{1,64}$/i.test(value) ? value : undefined;
}

/** One of 8x8's numbered refusals. Undefined where that is no code. */
export function rejection(code: unknown): Verdict | undefined {
  if (typeof code !== "number" || !Number.isInteger(code) || Math.abs(code) > 99_999) return undefined;
  return { accepted: false, code: String(code), reason: reasonOfCode.get(code) };
}
