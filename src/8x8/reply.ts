import * as z from "zod";
import type { AttemptOutcome } from "../delivery/outcome.ts";
import type { Reason } from "../delivery/reasons.ts";
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
  readonly reason?: Reason<"rejected"> | undefined;
}

/**
 * The HTTP status decides for 429, 5xx and redirects, whatever the body says; a 200 is what its
 * body says.
 */
export function outcomeOf(reply: Reply, parse: ParseReply): AttemptOutcome {
  if (reply.kind === "unsent") {
    const reason = reply.cause === "deadline" ? "deadline-before-sending" : "unreachable";
    return { ok: false, outcome: "unavailable", reason };
  }
  if (reply.kind === "unanswered")
    return { ok: false, outcome: "unconfirmed", reason: reply.cause };

  const { status, cut } = reply;
  const parsed = parse(reply.body, status);
  const answer = {
    id: parsed?.id,
    ...(parsed?.oddId && { oddId: true }),
    code: parsed?.code ?? String(status),
  };
  const no = { ok: false, ...answer } as const;
  const reason = parsed?.reason ?? reasonOfStatus(status);
  if (status === 429) return { ...no, outcome: "unavailable", reason: "rate-limited" };
  if (status >= 500) return { ...no, outcome: "unavailable", reason: "provider-error" };
  if (status >= 400) return { ...no, outcome: "rejected", reason };
  if (status >= 300) return { ...no, outcome: "unavailable", reason: "redirected" };
  if (parsed === undefined)
    return { ...no, outcome: "unconfirmed", reason: cut ?? "unreadable-answer" };
  if (parsed.accepted) return { ok: true, outcome: "accepted", ...answer };
  return { ...no, outcome: "rejected", reason };
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
