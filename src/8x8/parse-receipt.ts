import { parseJson } from "../delivery/json.ts";
import { malformedReceipt, type ParsedReceipt, type ReceiptKind } from "./receipt.ts";
import { callReceipts } from "./session-summary.ts";
import { smsReceipts } from "./sms-receipt.ts";

const kinds: readonly ReceiptKind[] = [smsReceipts, callReceipts];

/** Reads what 8x8 sends to a webhook. Inbound SMS come to the same webhook, and are ignored. */
export function parseReceipt(body: string): ParsedReceipt {
  const json = parseJson(body);
  if (json === undefined) return malformedReceipt("not-json");
  const { namespace, eventType } = (json ?? {}) as Readonly<Record<string, unknown>>;
  if (namespace === "SMS" && eventType === "inbound_message_received")
    return { ok: true, receipt: undefined };
  const kind = kinds.find(
    (known) => known.namespace === namespace && known.eventType === eventType,
  );
  return kind?.parse(json) ?? malformedReceipt("unknown-event-type");
}
