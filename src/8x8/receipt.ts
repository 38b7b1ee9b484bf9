import * as z from "zod";
import type { Channel } from "../delivery/channels.ts";
import type { RejectedReason } from "../delivery/outcome.ts";
import { parsePhoneNumber, PhoneNumber } from "../delivery/phone-number.ts";
import { RawPhoneNumber, type UsedSender } from "../delivery/redacted.ts";
import { pathToText, removePaths } from "../delivery/json.ts";

/** What became of an SMS or of a call, as far as 8x8 knows it. */
export interface Receipt {
  readonly channel: Channel;
  /** The umid of an SMS, the sessionId of a call. */
  readonly providerId: string;
  /** Okta's, which went out as clientMessageId. A call has no such field. */
  readonly eventId?: string | undefined;
  /** One that 8x8 documents; `unknown` where it sent another, or says so itself. */
  readonly state: string;
  readonly detail?: string | undefined;
  readonly errorCode?: number | undefined;
  /** Where the error's code alone says so. */
  readonly reason?: Extract<RejectedReason, "invalid-sender" | "no-credit"> | undefined;
  readonly phoneNumber?: PhoneNumber | undefined;
  /** Of an SMS alone. */
  readonly usedSender?: UsedSender | undefined;
  readonly parts?: number | undefined;
  readonly price?: number | undefined;
  readonly currency?: string | undefined;
  /** When the SMS got into this state; when the call was answered, else when it ended. */
  readonly statusAt?: Date | undefined;
  /** Fields that were not as documented, read as absent. */
  readonly oddPaths: readonly string[];
}

/** Why a body is no receipt, by paths into it, never by values from it. */
export interface MalformedReceipt {
  readonly reason: "not-json" | "unknown-event-type" | "wrong-shape";
  readonly wrongPaths: readonly string[];
}

/** How 8x8 writes the receipts of one channel. */
export interface ReceiptKind {
  readonly namespace: string;
  readonly eventType: string;
  read(json: unknown): Receipt | MalformedReceipt;
}

/** Without these nobody knows which message is meant. A state that is new is unknown, and the message's id is worth having. */
const required = new Set(["payload", ...["umid", "status", "sessionid"].map((name) => `payload.${name}`)]);

export function readReceipt<T>(
  schema: z.ZodType<T>,
  json: unknown,
  toReceipt: (parsed: T) => Omit<Receipt, "oddPaths">,
): Receipt | MalformedReceipt {
  const first = schema.safeParse(json);
  const oddPaths = (first.error?.issues ?? []).map(({ path }) => path.map(String));
  const missing = oddPaths.map(pathToText).filter((path) => required.has(path));
  if (missing.length > 0) return { reason: "wrong-shape", wrongPaths: missing };
  removePaths(json, oddPaths);
  return { ...toReceipt(first.data ?? schema.parse(json)), oddPaths: oddPaths.map(pathToText) };
}

/** E.164, with or without `+`. */
export const phoneNumber = z.string().transform((text, context) => {
  const parsed = parsePhoneNumber(new RawPhoneNumber(/^\d/.test(text) ? `+${text}` : text), undefined);
  if (parsed instanceof PhoneNumber) return parsed;
  context.issues.push({ code: "custom", input: undefined });
  return z.NEVER;
});

export const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

/** One of the codes that 8x8's documents list; any other number might be a code of Okta's, or a phone's number. */
export function codeOf(documented: ReadonlySet<number>) {
  return z.int().refine((code) => documented.has(code));
}
