import { isRecord, parseJson, type Answer } from "./api.ts";

export interface Webhook {
  readonly url: string;
  /** Value of the Authorization header. */
  readonly authorization?: string | undefined;
  readonly enabled?: boolean;
}

/** A request to the webhooks of one account or sub-account. */
interface WebhookCall {
  readonly method: string;
  readonly owner: string;
  /** Last part of the path, if there is one. */
  readonly type: string | undefined;
  readonly body: string;
}

/** 8x8's API for the webhooks of one channel. Webhooks are stored by sub-account. */
export interface WebhookApi {
  readonly of: "accounts" | "subaccounts";
  serve(webhooks: Map<string, Webhook>, call: WebhookCall): Answer;
}

export const smsWebhooks: WebhookApi = { of: "accounts", serve: serveSms };
export const callWebhooks: WebhookApi = { of: "subaccounts", serve: serveCalls };

/**
 * Each sub-account has one webhook, which a new webhook replaces:
 * https://developer.8x8.com/connect/reference/add-webhooks-2
 */
function serveSms(webhooks: Map<string, Webhook>, { method, body }: WebhookCall): Answer {
  if (method === "GET") {
    const all = [...webhooks].map(([subAccountId, { authorization, ...webhook }]) => ({
      subAccountId,
      enabled: true,
      ...webhook,
      ...(authorization !== undefined && { httpAuthorization: "***" }),
    }));
    return { status: 200, body: all };
  }
  const given = parseJson(body);
  if (!Array.isArray(given) || !given.every(isRecord))
    return invalid("The body is not an array of objects");
  for (const { subAccountId, url, httpAuthorization, enabled = true } of given) {
    if (typeof subAccountId !== "string") return invalid("subAccountId is missing");
    if (method === "DELETE") webhooks.delete(subAccountId);
    else if (typeof url !== "string" || !URL.canParse(url)) return invalid("url is not a URL");
    else
      webhooks.set(subAccountId, {
        url,
        authorization: text(httpAuthorization),
        enabled: enabled === true,
      });
  }
  return { status: 200, body: {} };
}

/**
 * A sub-account has one webhook of each type. The sandbox has only the type VSS:
 * https://developer.8x8.com/connect/reference/create-a-new-webhook
 */
function serveCalls(
  webhooks: Map<string, Webhook>,
  { method, owner: subAccount, type, body }: WebhookCall,
): Answer {
  if (method === "DELETE")
    return webhooks.delete(subAccount) && type === "VSS"
      ? voiceAnswer()
      : { status: 404, body: {} };
  if (method === "POST") {
    const given = parseJson(body);
    if (!isRecord(given) || given["type"] !== "VSS" || typeof given["url"] !== "string")
      return {
        status: 422,
        body: { statusCode: "1001", statusMessage: "Invalid JSON request body" },
      };
    const { url, httpAuthHeader, enabled = true } = given;
    webhooks.set(subAccount, {
      url,
      authorization: text(httpAuthHeader),
      enabled: enabled === true,
    });
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
    const answer = {
      subAccountId: subAccount,
      count: all.length,
      webhooks: all,
      statusCode: 0,
      statusMessage: "ok",
    };
    return { status: 200, body: answer };
  }
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function invalid(message: string): Answer {
  return { status: 400, body: { code: 1000, message } };
}
