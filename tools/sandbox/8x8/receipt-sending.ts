import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Answer, Received } from "./api.ts";
import { createFateSwitch, type FateSwitch } from "./fate-switch.ts";
import { receiptsOf, type Fate } from "./receipts.ts";
import { createWebhooks, repeatAfterMs, type WebhookRequest, type Webhooks } from "./webhooks.ts";

export interface ReceiptSending {
  /** Id of the account, which is in the path of the API for SMS webhooks. */
  readonly accountId: string;
  /** The webhooks, and the receipts that were sent. */
  readonly webhooks: Pick<Webhooks, "of" | "sent" | "send">;
  /**
   * Sets how messages end from now on. Before the first call, an SMS is delivered and a call is
   * completed.
   */
  readonly setFate: FateSwitch["set"];
  readonly control: FateSwitch["control"];
  /** Returns undefined if the request is for another API. */
  readonly serve: (request: WebhookRequest, refused: Answer | undefined) => Answer | undefined;
  /**
   * Sends all receipts of a message, each after its delay.
   * @param own Fate of this message. Properties that it omits are those of `setFate`.
   */
  readonly sendReceipts: (
    received: Received,
    reply: object,
    subAccount: string,
    own: Partial<Fate>,
  ) => void;
}

export interface ReceiptSendingOptions {
  readonly repeatAfterMs?: readonly number[];
  readonly onReceipt?: (body: unknown) => void;
}

export function createReceiptSending(
  closed: AbortSignal,
  options: ReceiptSendingOptions = {},
): ReceiptSending {
  const accountId = randomUUID();
  const webhooks = createWebhooks(
    accountId,
    options.repeatAfterMs ?? repeatAfterMs,
    closed,
    options.onReceipt,
  );
  const fates = createFateSwitch();
  return {
    accountId,
    webhooks,
    setFate: fates.set,
    control: fates.control,
    serve(request, refused) {
      return /\/webhooks(?:\/\w+)?$/.test(request.path)
        ? (refused ?? webhooks.serve(request))
        : undefined;
    },
    sendReceipts(received, reply, subAccount, own) {
      if (webhooks.of[received.channel].size === 0) return;
      const fate = { ...fates.current(), ...own };
      for (const { afterMs, body } of receiptsOf(received, reply, subAccount, fate)) {
        const sending = sleep(afterMs, undefined, { signal: closed }).then(() =>
          webhooks.send(
            received.channel,
            subAccount,
            fate.receipt === "garbage" ? '{"namespace":"SMS"' : body,
          ),
        );
        // The promise rejects if the sandbox closes before the receipt is due.
        sending.catch(() => undefined);
      }
    },
  };
}
