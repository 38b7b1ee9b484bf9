import * as z from "zod";
import type { DeliveryOutcome, RejectedReason } from "../delivery/outcome.ts";
import type { Reply } from "./client.ts";
import { reasonOfCode, reasonOfStatus } from "./status-codes.ts";

/**
 * Reads the body of a reply of one of 8x8's APIs. Undefined where it does not have that API's
 * shape.
 */
export type ParseReply = (body: unknown, status: number) => ParsedReply | undefined;

export interface ParsedReply {
  readonly accepted: boolean;
  readonly id?: string | undefined;
  readonly oddId?: boolean | undefined;
  readonly code: string;
  /** Why it was not accepted, where 8x8 says so. */
  readonly reason?: RejectedReason | undefined;
}

/**
 * The HTTP status decides for 429, 5xx and redirects, whatever the body says; a 200 is what its
 * body says.
 */
export function outcomeOf(reply: Reply, parse: ParseReply): DeliveryOutcome {
  if (reply.kind === "unsent")
    return {
      outcome: "unavailable",
      reason: reply.cause === "deadline" ? "deadline-before-sending" : "unreachable",
    };
  if (reply.kind === "unanswered") return { outcome: "unconfirmed", reason: reply.cause };

  const { status, cut } = reply;
  const parsed = parse(reply.body, status);
  const answer = {
    id: parsed?.id,
    ...(parsed?.oddId && { oddId: true }),
    code: parsed?.code ?? String(status),
  };
  const reason = parsed?.reason ?? reasonOfStatus(status);
  if (status === 429) return { outcome: "unavailable", reason: "rate-limited", ...answer };
  if (status >= 500) return { outcome: "unavailable", reason: "provider-error", ...answer };
  if (status >= 400) return { outcome: "rejected", reason, ...answer };
  if (status >= 300) return { outcome: "unavailable", reason: "redirected", ...answer };
  if (parsed === undefined)
    return { outcome: "unconfirmed", reason: cut ?? "unreadable-answer", ...answer };
  if (parsed.accepted) return { outcome: "accepted", ...answer };
  return { outcome: "rejected", reason, ...answer };
}

// Made once: to make a schema costs more than to use it.
const guid = z.guid();

/**
 * 8x8's ids are UUIDs. Anything else might be a number or a code, and goes neither to Okta nor to
 * telemetry.
 */
export function parseProviderId(value: unknown): Pick<ParsedReply, "id" | "oddId"> {
  const id = guid.safeParse(value).data;
  const odd = id === undefined && value !== undefined && value !== null;
  return { id, ...(odd && { oddId: true }) };
}

/** One of the codes that 8x8's documents list; any other number might be an OTP code. */
export const providerCode = z.int().refine((code) => reasonOfCode.has(code));

export function rejection(code: number): ParsedReply {
  return { accepted: false, code: String(code), reason: reasonOfCode.get(code) };
}
