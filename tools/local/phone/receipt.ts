import { part, text } from "./json.ts";
import type { MessageItem } from "./shown-items.ts";

export type Receipt = NonNullable<MessageItem["receipt"]> & {
  /** 8x8's id of the message, or empty. */
  readonly id: string;
};

export function readReceipt(body: unknown): Receipt {
  const payload = part(body, "payload");
  const status = part(payload, "status");
  const error = part(payload, "errorDetails")["errorCode"] ?? status["errorCode"];
  return {
    id: text(payload["umid"]) ?? text(payload["sessionId"]) ?? "",
    state: (text(status["state"]) ?? text(payload["sessionStatus"]) ?? "").toLowerCase(),
    at: text(status["timestamp"]) ?? text(payload["endTime"]) ?? new Date().toISOString(),
    ...(typeof error === "number" && { errorCode: error }),
    ...(typeof payload["source"] === "string" && { from: payload["source"] }),
  };
}

const onTheWay = ["queued", "sent"];

/** Receipts can arrive in any order. An earlier state must not replace a final one. */
export function isEarlier(receipt: MessageItem["receipt"], known: MessageItem["receipt"]): boolean {
  return (
    known !== undefined &&
    !onTheWay.includes(known.state) &&
    onTheWay.includes(receipt?.state ?? "")
  );
}
