import * as z from "zod";
import type { Channel } from "../../../src/rules/channels.ts";
import { parseJson, type Answer } from "./api.ts";

export interface Webhook {
  readonly url: string;
  /** Value of the Authorization header. */
  readonly authorization: string;
}

export interface Webhooks {
  /** Webhooks of each channel, by sub-account. */
  readonly of: Readonly<Record<Channel, Map<string, Webhook>>>;
  /** Returns undefined if the request is for another API. */
  serve(method: string, path: string, body: string): Answer | undefined;
}

// The fields that the command receipts sends.
const smsWebhook = z.strictObject({
  subAccountId: z.string(),
  url: z.url(),
  enabled: z.literal(true),
  httpAuthorization: z.string(),
});
const callWebhook = z.strictObject({
  type: z.literal("VSS"),
  url: z.url(),
  enabled: z.literal(true),
  httpAuthHeader: z.string(),
});

/**
 * Each sub-account has one webhook for SMS and one for calls. A new webhook replaces the old one:
 * https://developer.8x8.com/connect/reference/add-webhooks-2 and
 * https://developer.8x8.com/connect/reference/create-a-new-webhook
 */
export function createWebhooks(accountId: string): Webhooks {
  const sms = new Map<string, Webhook>();
  const voice = new Map<string, Webhook>();
  const ok = (body: object): Answer => ({ status: 200, body });
  const invalid: Answer = { status: 400, body: { code: 1000, message: "Invalid body" } };

  function serveSms(method: string, body: unknown): Answer {
    if (method === "POST") {
      const { data } = z.array(smsWebhook).safeParse(body);
      if (data === undefined) return invalid;
      for (const { subAccountId, url, httpAuthorization: authorization } of data)
        sms.set(subAccountId, { url, authorization });
    } else if (method === "DELETE") {
      const { data } = z.array(smsWebhook.pick({ subAccountId: true })).safeParse(body);
      if (data === undefined) return invalid;
      for (const { subAccountId } of data) sms.delete(subAccountId);
    }
    const all = [...sms].map(([subAccountId, { url }]) => ({
      subAccountId,
      url,
      enabled: true,
      httpAuthorization: "***",
    }));
    return ok(method === "GET" ? all : {});
  }

  function serveCalls(method: string, subAccountId: string, body: unknown): Answer {
    if (method === "POST") {
      const { data } = callWebhook.safeParse(body);
      if (data === undefined) return invalid;
      voice.set(subAccountId, { url: data.url, authorization: data.httpAuthHeader });
    } else if (method === "DELETE" && !voice.delete(subAccountId)) return { status: 404, body: {} };
    const webhook = voice.get(subAccountId);
    const webhooks =
      webhook === undefined
        ? []
        : [{ type: "VSS", url: webhook.url, enabled: true, httpAuthHeaderAvailable: true }];
    return ok({ subAccountId, webhooks, statusCode: 0, statusMessage: "ok" });
  }

  return {
    of: { sms, voice },
    serve(method, path, body) {
      const [, scope, owner = ""] =
        /^\/api\/v1\/(accounts|subaccounts)\/([^/]+)\/webhooks(?:\/VSS)?$/.exec(path) ?? [];
      if (scope === undefined) return undefined;
      if (scope === "subaccounts")
        return serveCalls(method, decodeURIComponent(owner), parseJson(body));
      return owner === accountId ? serveSms(method, parseJson(body)) : { status: 401, body: {} };
    },
  };
}
