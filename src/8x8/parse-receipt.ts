import { parseJson } from "../delivery/json.ts";
import { channelApis } from "./channels.ts";
import type { MalformedReceipt, Receipt } from "./receipt.ts";

const kinds = Object.values(channelApis).map(({ receipts }) => receipts);

/** Reads what 8x8 sends to a webhook. Inbound SMS come to the same webhook, and are ignored. */
export function parseReceipt(body: string): Receipt | MalformedReceipt | "inbound-message" {
  const json = parseJson(body);
  if (json === undefined) return { reason: "not-json", wrongPaths: [] };
  const { namespace, eventType } = (json ?? {}) as Readonly<Record<string, unknown>>;
  if (namespace === "SMS" && eventType === "inbound_message_received") return "inbound-message";
  const kind = kinds.find((known) => known.namespace === namespace && known.eventType === eventType);
  return kind?.read(json) ?? { reason: "unknown-event-type", wrongPaths: [] };
}

export function isMalformedReceipt(parsed: Receipt | MalformedReceipt): parsed is MalformedReceipt {
  return "wrongPaths" in parsed;
}
