import type * as z from "zod";
import { pathToText, removePaths } from "../delivery/odd-paths.ts";
import { parseJson } from "../delivery/parse-json.ts";
import type { MalformedReceipt, Receipt } from "./receipt.ts";
import { fromSessionSummary, sessionSummary, withLowerCaseNames } from "./session-summary.ts";
import { fromSmsReceipt, smsReceipt } from "./sms-receipt.ts";

/** Without these nobody knows which message is meant, or what became of it. */
const required = new Set([
  "payload",
  ...["umid", "status", "status.state", "sessionid", "sessionstatus"].map((name) => `payload.${name}`),
]);

/** Reads what 8x8 sends to a webhook. An inbound SMS comes to the same one, and is none of ours. */
export function parseReceipt(body: string): Receipt | MalformedReceipt | "inbound-message" {
  const json = parseJson(body);
  if (json === undefined) return { reason: "not-json", wrongPaths: [] };
  const { namespace, eventType } = (json ?? {}) as Readonly<Record<string, unknown>>;
  if (namespace === "SMS" && eventType === "inbound_message_received") return "inbound-message";
  if (namespace === "SMS" && eventType === "outbound_message_status_changed")
    return read(smsReceipt, json, fromSmsReceipt);
  if (namespace === "VOICE" && eventType === "SESSION_SUMMARY")
    return read(sessionSummary, withLowerCaseNames(json), fromSessionSummary);
  return { reason: "unknown-event-type", wrongPaths: [] };
}

export function isMalformedReceipt(parsed: Receipt | MalformedReceipt): parsed is MalformedReceipt {
  return "wrongPaths" in parsed;
}

function read<T>(
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
