import { setTimeout as sleep } from "node:timers/promises";
import * as z from "zod";
import { channelNames, type Channel } from "../../../src/rules/channels.ts";
import { standIns } from "../channels.ts";
import { remember } from "../remembering.ts";
import { parseJson, type Answer, type Received } from "./api.ts";
import type { Fault } from "./faults.ts";
import type { Webhook } from "./webhooks.ts";

export const knownFates = channelNames.flatMap((channel) => standIns[channel].fates);

/** How a message ends, in the terms of 8x8's receipts. */
const fateSchema = z.strictObject({
  receipt: z.enum(knownFates),
  /**
   * For an SMS, a code of https://developer.8x8.com/connect/docs/delivery-receipts-error-codes. For
   * a call, the error code of the session if `receipt` is `error`.
   */
  errorCode: z.int().optional(),
  /** Sender of the SMS, as the receipt reports it. */
  source: z.string().optional(),
  /** Time in ms until the last receipt. */
  delayMs: z.number().optional(),
});
export type Fate = z.infer<typeof fateSchema>;

export interface SentReceipt {
  readonly body: object;
  readonly status: number | "no answer";
}

export interface Receipts {
  readonly sent: SentReceipt[];
  /** Sets how messages end from now on. By default, an SMS is delivered and a call is completed. */
  readonly setFate: (fate: Fate) => void;
  /** Sets how messages end, from a JSON body such as `{"receipt":"undelivered","errorCode":1}`. */
  control(body: string): Answer;
  /** @param fault The fault that was on when 8x8 accepted the message. */
  send(received: Received, reply: object, subAccount: string, fault: Fault | undefined): void;
}

/** 8x8 does not document how long it waits for an answer to a receipt. This is our choice. */
const answerTimeoutMs = 10_000;

export function createReceipts(
  webhooks: Readonly<Record<Channel, ReadonlyMap<string, Webhook>>>,
  closed: AbortSignal,
  onReceipt?: (body: unknown) => void,
): Receipts {
  let fate: Fate = { receipt: "delivered" };
  const sent: SentReceipt[] = [];

  async function post({ url, authorization }: Webhook, body: object): Promise<void> {
    try {
      const { status, ok } = await fetch(url, {
        method: "POST",
        headers: { "content-type": "application/json", authorization },
        body: JSON.stringify(body),
        signal: AbortSignal.any([closed, AbortSignal.timeout(answerTimeoutMs)]),
      });
      remember(sent, { body, status });
      if (ok) onReceipt?.(body);
    } catch {
      remember(sent, { body, status: "no answer" });
    }
  }

  return {
    sent,
    setFate(wish) {
      fate = wish;
    },
    control(body) {
      const { data } = fateSchema.safeParse(parseJson(body));
      if (data === undefined)
        return {
          status: 400,
          body: { error: "There is no such receipt. Use one of `known`.", known: knownFates },
        };
      fate = data;
      return { status: 200, body: data };
    },
    send(received, reply, subAccount, fault) {
      const webhook = webhooks[received.channel].get(subAccount);
      if (webhook === undefined) return;
      // Error code 42 is "source credit insufficiency", which is not documented for calls:
      // https://developer.8x8.com/connect/docs/delivery-receipts-error-codes
      const own: Fate | undefined =
        fault?.fault === "no-credit" && received.channel === "sms"
          ? { receipt: "undelivered", errorCode: 42 }
          : undefined;
      const bodies = bodiesOf(received, reply, subAccount, { ...fate, ...own });
      for (const [index, body] of bodies.entries())
        void sleep(((index + 1) / bodies.length) * (fate.delayMs ?? 1_000), undefined, {
          signal: closed,
        }).then(
          () => post(webhook, body),
          // The sandbox closed before the receipt was due.
          () => undefined,
        );
    },
  };
}

/** If the channel has no such end, the message gets the channel's default end. */
function bodiesOf(received: Received, reply: object, subAccount: string, fate: Fate): object[] {
  const { fates, receipts } = standIns[received.channel];
  const state = fates.find((name) => name === fate.receipt) ?? fates[0];
  const sent = { ...received, source: fate.source ?? received.source };
  return receipts(sent, reply, subAccount, state, fate.errorCode);
}
