import { setTimeout as sleep } from "node:timers/promises";
import { channelNames, type Channel } from "../../../src/rules/channels.ts";
import { remember } from "../remembering.ts";
import type { Answer } from "./api.ts";
import { standIns } from "../channels.ts";
import type { Webhook } from "./webhook-apis.ts";

export interface WebhookRequest {
  readonly method: string;
  readonly path: string;
  readonly body: string;
}

/** A receipt, with the status of each attempt to send it. */
export interface SentReceipt {
  readonly body: object | string;
  readonly statuses: (number | "no answer")[];
}

export interface Webhooks {
  /** Webhooks of each channel, by sub-account. */
  readonly of: Readonly<Record<Channel, Map<string, Webhook>>>;
  readonly sent: SentReceipt[];
  serve(request: WebhookRequest): Answer;
  /** Sends the receipt, and repeats it as often as 8x8 does. */
  send(channel: Channel, subAccount: string, body: object | string): Promise<void>;
}

/**
 * 8x8 repeats a receipt if it gets no answer, a 4xx or a 5xx:
 * https://developer.8x8.com/connect/docs/delivery-receipts-for-outbound-sms
 */
export const repeatAfterMs: readonly number[] = [1_000, 10_000, 30_000, 90_000];
/** Our choice, because 8x8 does not document its timeout. */
const answerTimeoutMs = 10_000;

export function createWebhooks(
  accountId: string,
  repeats: readonly number[],
  closed: AbortSignal,
  onTaken?: (body: unknown) => void,
): Webhooks {
  const of = Object.fromEntries(
    channelNames.map((channel) => [channel, new Map()]),
  ) as Webhooks["of"];
  const sent: SentReceipt[] = [];

  async function post(
    { url, authorization }: Webhook,
    body: string,
  ): Promise<number | "no answer"> {
    try {
      const answer = await fetch(url, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          ...(authorization !== undefined && { authorization }),
        },
        // Send bytes, because fetch then declares the length.
        body: Buffer.from(body),
        signal: AbortSignal.any([closed, AbortSignal.timeout(answerTimeoutMs)]),
      });
      await answer.arrayBuffer();
      return answer.status;
    } catch {
      return "no answer";
    }
  }

  return {
    of,
    sent,
    serve({ method, path, body }) {
      const [, scope, owner = "", type] =
        /^\/api\/v1\/((?:sub)?accounts)\/([^/]+)\/webhooks(?:\/(\w+))?$/.exec(path) ?? [];
      if (scope === "accounts" && owner !== accountId) return { status: 401, body: {} };
      const channel = channelNames.find((name) => standIns[name].webhooks.of === scope);
      if (channel === undefined) return { status: 404, body: {} };
      return standIns[channel].webhooks.serve(of[channel], {
        method,
        owner: decodeURIComponent(owner),
        type,
        body,
      });
    },
    async send(channel, subAccount, body) {
      const webhook = of[channel].get(subAccount) ?? of[channel].get("*");
      if (webhook === undefined || webhook.enabled === false) return;
      const receipt: SentReceipt = { body, statuses: [] };
      remember(sent, receipt);
      for (const pauseMs of [0, ...repeats]) {
        await sleep(pauseMs, undefined, { signal: closed });
        const status = await post(webhook, typeof body === "string" ? body : JSON.stringify(body));
        receipt.statuses.push(status);
        if (typeof status !== "number" || status >= 400) continue;
        onTaken?.(body);
        return;
      }
    },
  };
}
