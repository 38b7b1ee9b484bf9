import { parseJson } from "../delivery/json.ts";
import { receiptKinds } from "./channels.ts";
import type { MalformedReceipt, Receipt } from "./receipt.ts";

/** Reads what 8x8 sends to a webhook. Inbound SMS come to the same webhook, and are ignored. */
export function parseReceipt(body: string): Receipt | MalformedReceipt | "inbound-message" {
  const json = parseJson(body);
  if (json === undefined) return { reason: "not-json", wrongPaths: [] };
  const { namespace, eventType } = (json ?? {}) as Readonly<Record<string, unknown>>;
  if (namespace === "SMS" && eventType === "inbound_message_received") return "inbound-message";
  const kind = Object.values(receiptKinds).find(
    (known) => known.namespace === namespace && known.eventType === eventType,
  );
  return kind?.read(json) ?? { reason: "unknown-event-type", wrongPaths: [] };
}
