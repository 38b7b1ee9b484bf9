import * as z from "zod";
import type { Channel } from "../rules/channels.ts";
import type { AttemptOutcome } from "../rules/outcome.ts";
import type { Reason } from "../rules/reasons.ts";
import type { Answered } from "../providers/client.ts";

type RejectedReason = Reason<"rejected">;

// Every error code that 8x8 documents for a single SMS or a callflow, by the reason that it gives:
// https://developer.8x8.com/connect/docs/api-error-codes
// https://developer.8x8.com/connect/docs/voice/error-codes/voice-status-codes
// An error code gives the reason only with a 4xx other than 429, or with NOT_CREATED in a 200.
const reasons: Record<RejectedReason, readonly number[]> = {
  "key-rejected": [1200, 401],
  forbidden: [1201, 403],
  "wrong-subaccount": [1001, 2003, 404],
  "invalid-number": [1002, 1009, 3002, 3003, 3018, -1017],
  "invalid-sender": [1005, 3011, -1014],
  "invalid-text": [1003, 1004, 3004, 3005, 3006, 3017, -1016],
  "invalid-voice": [-1002],
  "expired-at-provider": [1006, -1015],
  "resend-interval": [1400],
  "insecure-protocol": [1014],
  // 8x8 documents 2007, "Insufficient balance", only for its number lookup. 8x8 documents no error
  // code for an SMS or a call without credit.
  "no-credit": [2007, 402],
  "invalid-request": [
    ...[1000, 1007, 1008, ...range(1010, 1012), 1100, 1300, 2001, 2002],
    ...[3001, ...range(3007, 3010), ...range(3012, 3016), ...range(3019, 3053), 3060],
    ...[-1001, ...range(-1013, -1003), ...range(-1020, -1018)],
  ],
  // Failures inside 8x8, which may come with a 4xx or with NOT_CREATED.
  "rejected-by-provider": [2000, -9999],
};

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

export const reasonOfCode: ReadonlyMap<number, RejectedReason> = new Map(
  Object.entries(reasons).flatMap(([reason, codes]) =>
    codes.map((code) => [code, reason as RejectedReason]),
  ),
);

interface ParsedBody {
  readonly accepted: boolean;
  readonly id?: string | undefined;
  readonly oddId?: boolean | undefined;
  readonly code: string;
  readonly reason?: Reason<"rejected"> | undefined;
}

type ParseBody = (body: unknown, status: number) => ParsedBody | undefined;

const parsers: Readonly<Record<Channel, ParseBody>> = { sms: parseSmsBody, voice: parseVoiceBody };

export function outcomeOf({ status, body, cut }: Answered, channel: Channel): AttemptOutcome {
  const parsed = parsers[channel](body, status);
  const answer = {
    id: parsed?.id,
    ...(parsed?.oddId && { oddId: true }),
    code: parsed?.code ?? String(status),
  };
  const no = { ok: false, ...answer } as const;
  const reason = parsed?.reason ?? reasonOfStatus.get(status) ?? "rejected-by-provider";
  if (status === 429) return { ...no, outcome: "unavailable", reason: "rate-limited" };
  // 8x8 documents only for a 503 that nothing was sent:
  // https://developer.8x8.com/connect/docs/api-error-codes
  const mayBeSent = status !== 503;
  if (status >= 500) return { ...no, outcome: "unavailable", reason: "provider-error", mayBeSent };
  if (status >= 400) return { ...no, outcome: "rejected", reason };
  if (status >= 300) return { ...no, outcome: "unavailable", reason: "redirected" };
  if (parsed === undefined)
    return { ...no, outcome: "unconfirmed", reason: cut ?? "unreadable-answer" };
  if (parsed.accepted) return { ok: true, outcome: "accepted", ...answer };
  return { ...no, outcome: "rejected", reason };
}

const reasonOfStatus: ReadonlyMap<number, Reason<"rejected">> = new Map([
  [401, "key-rejected"],
  [402, "no-credit"],
  [403, "forbidden"],
  [404, "wrong-subaccount"],
  [426, "insecure-protocol"],
]);

/** An error code that 8x8 documents. Any other number might be an OTP code. */
const providerCode = z.int().refine((code) => reasonOfCode.has(code));

const smsReply = z.object({
  umid: z.unknown().optional(),
  status: z.object({
    code: z.enum(["QUEUED", "REJECTED"]),
    description: z.string().optional().catch(undefined),
  }),
});

const smsError = z.object({ code: providerCode });

function parseSmsBody(body: unknown, httpStatus: number): ParsedBody | undefined {
  if (httpStatus >= 300) {
    const error = smsError.safeParse(body).data;
    return error && rejection(error.code);
  }
  const reply = smsReply.safeParse(body).data;
  if (reply === undefined) return undefined;
  const { umid, status } = reply;
  return {
    accepted: status.code === "QUEUED",
    ...parseProviderId(umid),
    code: status.code,
    reason: reasonOfDescription(status.description ?? ""),
  };
}

// With REJECTED, 8x8 sends a sentence instead of an error code:
// https://developer.8x8.com/connect/reference/send-sms-batch
const causes: readonly (readonly [RegExp, Reason<"rejected">])[] = [
  [/expir/i, "expired-at-provider"],
  [/credit|balance/i, "no-credit"],
  [/msisdn/i, "invalid-number"],
  [/\bsource/i, "invalid-sender"],
  [/text/i, "invalid-text"],
];

function reasonOfDescription(description: string): Reason<"rejected"> | undefined {
  return causes.find(([pattern]) => pattern.test(description))?.[1];
}

const voiceReply = z.object({
  sessionStatus: z.enum(["CREATED", "NOT_CREATED"]),
  statusCode: z
    .union([z.literal(1), providerCode])
    .optional()
    .catch(undefined),
  sessionId: z.unknown().optional(),
});

function parseVoiceBody(body: unknown): ParsedBody | undefined {
  const reply = voiceReply.safeParse(body).data;
  if (reply === undefined) return undefined;
  const { sessionStatus, statusCode, sessionId } = reply;
  if (sessionStatus === "NOT_CREATED")
    return statusCode === undefined || statusCode === 1
      ? { accepted: false, code: sessionStatus }
      : rejection(statusCode);
  return statusCode === 1
    ? { accepted: true, ...parseProviderId(sessionId), code: sessionStatus }
    : undefined;
}

function rejection(code: number): ParsedBody {
  return { accepted: false, code: String(code), reason: reasonOfCode.get(code) };
}

const guid = z.guid();

/** 8x8's ids are UUIDs. Any other value might be a phone number or an OTP code. */
function parseProviderId(value: unknown): Pick<ParsedBody, "id" | "oddId"> {
  const id = guid.safeParse(value).data;
  const odd = id === undefined && value !== undefined && value !== null;
  return { id, ...(odd && { oddId: true }) };
}
