import { setTimeout as sleep } from "node:timers/promises";
import type { Channel } from "../../src/delivery/channels.ts";
import { remember } from "../remembering.ts";
import { isRecord, parseJson, type Answer } from "./api.ts";

export interface Webhook {
  readonly url: string;
  /** Sent as the Authorization header. */
  readonly authorization?: string | undefined;
  readonly enabled?: boolean;
}

export interface WebhookRequest {
  readonly method: string;
  readonly path: string;
  readonly body: string;
}

/** One receipt on its way, with what each try was answered. */
export interface SentReceipt {
  readonly body: object | string;
  readonly statuses: (number | "no answer")[];
}

export interface Webhooks {
  /** By sub-account. */
  readonly of: Readonly<Record<Channel, Map<string, Webhook>>>;
  readonly sent: SentReceipt[];
  /** 8x8's own API for them. */
  serve(request: WebhookRequest): Answer;
  /** Tries as often as 8x8 does. */
  send(channel: Channel, subAccount: string, body: object | string): Promise<void>;
}

/** 8x8 repeats what gets no answer, a 4xx or a 5xx: https://developer.8x8.com/connect/docs/delivery-receipts-for-outbound-sms */
export const repeatAfterMs: readonly number[] = [1_000, 10_000, 30_000, 90_000];
/** Not documented. */
const answerTimeoutMs = 10_000;

export function createWebhooks(
  accountId: string,
  repeats: readonly number[],
  closed: AbortSignal,
  onTaken?: (body: unknown) => void,
): Webhooks {
  const of = { sms: new Map<string, Webhook>(), voice: new Map<string, Webhook>() };
  const sent: SentReceipt[] = [];

  async function post({ url, authorization }: Webhook, body: string): Promise<number | "no answer"> {
    try {
      const answer = await fetch(url, {
        method: "POST",
        headers: { "content-type": "application/json", ...(authorization !== undefined && { authorization }) },
        // As bytes, so that the length is declared.
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
      const [, account, subAccount, type] =
        /^\/api\/v1\/(?:accounts\/([^/]+)|subaccounts\/([^/]+))\/webhooks(?:\/(\w+))?$/.exec(path) ?? [];
      if (account !== undefined)
        return account === accountId ? smsWebhooks(of.sms, method, body) : { status: 401, body: {} };
      if (subAccount !== undefined) return voiceWebhook(of.voice, decodeURIComponent(subAccount), method, body, type);
      return { status: 404, body: {} };
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

/** One webhook for each sub-account; another takes its place: https://developer.8x8.com/connect/reference/add-webhooks-2 */
function smsWebhooks(webhooks: Map<string, Webhook>, method: string, body: string): Answer {
  if (method === "GET") {
    const all = [...webhooks].map(([subAccountId, { authorization, ...webhook }]) => ({
      ...{ subAccountId, enabled: true, ...webhook },
      ...(authorization !== undefined && { httpAuthorization: "***" }),
    }));
    return { status: 200, body: all };
  }
  const given = parseJson(body);
  if (!Array.isArray(given) || !given.every(isRecord)) return invalid("The body is no array");
  for (const { subAccountId, url, httpAuthorization, enabled = true } of given) {
    if (typeof subAccountId !== "string") return invalid("subAccountId is missing");
    if (method === "DELETE") webhooks.delete(subAccountId);
    else if (typeof url !== "string" || !URL.canParse(url)) return invalid("url is no URL");
    else webhooks.set(subAccountId, { url, authorization: text(httpAuthorization), enabled: enabled === true });
  }
  return { status: 200, body: {} };
}

/** One webhook of each type, of which this knows one: https://developer.8x8.com/connect/reference/create-a-new-webhook */
function voiceWebhook(
  webhooks: Map<string, Webhook>,
  subAccount: string,
  method: string,
  body: string,
  type?: string,
): Answer {
  if (method === "DELETE")
    return webhooks.delete(subAccount) && type === "VSS" ? voiceAnswer() : { status: 404, body: {} };
  if (method === "POST") {
    const given = parseJson(body);
    if (!isRecord(given) || given["type"] !== "VSS" || typeof given["url"] !== "string")
      return { status: 422, body: { statusCode: "1001", statusMessage: "Invalid JSON request body" } };
    const { url, httpAuthHeader, enabled = true } = given;
    webhooks.set(subAccount, { url, authorization: text(httpAuthHeader), enabled: enabled === true });
  }
  return voiceAnswer();

  function voiceAnswer(): Answer {
    const webhook = webhooks.get(subAccount);
    const all = webhook
      ? [
          {
            type: "VSS",
            url: webhook.url,
            enabled: webhook.enabled,
            httpAuthHeaderAvailable: webhook.authorization !== undefined,
          },
        ]
      : [];
    const answer = { subAccountId: subAccount, count: all.length, webhooks: all, statusCode: 0, statusMessage: "ok" };
    return { status: 200, body: answer };
  }
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function invalid(message: string): Answer {
  return { status: 400, body: { code: 1000, message } };
}
