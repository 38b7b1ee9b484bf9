import type { HttpHandler } from "@azure/functions";
import { isSenderChanged, parseReceipt } from "../8x8/receipt.ts";
import type { SmsSettings } from "../8x8/sms.ts";
import type { RefreshedValue } from "../secrets/refreshed-value.ts";
import { createReceiptEvent, createUnreadEvent } from "../telemetry/webhook-events.ts";
import { createWebhookHandler, type Http, type WebhookAnswer } from "./http.ts";

interface DeliveryReceipts {
  readonly secret: RefreshedValue;
  readonly phoneHashKey: () => string | undefined;
  readonly senders: SmsSettings["senders"];
}

/** Keeps no state, because a receipt may come twice, late, or before the app's own event. */
export function createDeliveryReceipts(
  http: Http,
  { secret, phoneHashKey, senders }: DeliveryReceipts,
): HttpHandler {
  return createWebhookHandler(http, {
    name: "otp-receipt",
    budgetMs: 2_000,
    // 8x8 repeats a receipt that gets a 4xx or 5xx, so every authenticated receipt gets 200.
    doneStatus: 200,
    secret,
    // In 8x8's examples, a scheme precedes the secret. The vault holds only the secret.
    credential: (headers) => headers.get("authorization")?.replace(/^Bearer +/i, "") ?? null,
    handle,
  });

  function handle(body: string): WebhookAnswer {
    const parsed = parseReceipt(body);
    if (!parsed.ok) return { events: [createUnreadEvent("otp-receipt", parsed)] };
    if (parsed.receipt === undefined) return {};
    const { receipt } = parsed;
    const senderChanged = isSenderChanged(receipt.usedSender, receipt.phoneNumber, senders);
    return { events: [createReceiptEvent(receipt, senderChanged, phoneHashKey())] };
  }
}
