import type { Channel } from "../../src/delivery/channels.ts";
import type { Api, Received } from "./api.ts";
import { callReceipts } from "./session-summary.ts";
import { smsReceipts } from "./sms-receipts.ts";
import { createSmsApi } from "./sms.ts";
import { createVoiceApi } from "./voice.ts";
import { callWebhooks, smsWebhooks, type WebhookApi } from "./webhook-apis.ts";

interface StandIn {
  /** The sub-account that it accepts, unless a test names another. */
  readonly subAccount: string;
  createApi(subAccount: string): Api;
  /** How a message can end, in the words of its receipts; the usual end first. */
  readonly fates: readonly [string, ...string[]];
  /** All receipts of a message that ends so. */
  receipts(received: Received, reply: object, subAccount: string, fate: string, errorCode?: number): object[];
  readonly webhooks: WebhookApi;
}

/** How 8x8 answers on each channel. */
export const standIns = {
  sms: {
    ...{ subAccount: "local_sms", createApi: createSmsApi, receipts: smsReceipts, webhooks: smsWebhooks },
    fates: ["delivered", "undelivered", "rejected", "queued"],
  },
  voice: {
    ...{ subAccount: "local_voice", createApi: createVoiceApi, receipts: callReceipts, webhooks: callWebhooks },
    fates: ["completed", "no_answer", "busy", "canceled", "failed", "error"],
  },
} as const satisfies Readonly<Record<Channel, StandIn>>;
