import { channelNames, type Channel } from "../../../src/rules/channels.ts";
import type { Received } from "./api.ts";
import { standIns } from "../channels.ts";
import type { Fault } from "./faults.ts";

/** A receipt, and the time after which 8x8 sends it. */
export interface ScheduledReceipt {
  readonly afterMs: number;
  readonly body: object;
}

/** How a message ends, in the terms of 8x8's receipts. */
export interface Fate {
  readonly receipt: FateName;
  /**
   * For an SMS, a code of https://developer.8x8.com/connect/docs/delivery-receipts-error-codes. For
   * a call, the code of a session with an error.
   */
  readonly errorCode?: number;
  /** Sender of the SMS, as the receipt reports it. */
  readonly source?: string;
  /** Time in ms until the last receipt. */
  readonly delayMs?: number;
}

export type FateName = (typeof knownFates)[number];

/** `none`: no receipt comes. `garbage`: half of a JSON document comes. */
export const knownFates = [
  ...channelNames.flatMap((channel) => standIns[channel].fates),
  "none",
  "garbage",
] as const;

/** Returns how a message ends if this fault was on when 8x8 accepted the message. */
export function fateUnder(fault: Fault | undefined, channel: Channel): Partial<Fate> {
  const own: Readonly<Partial<Record<Fault["fault"], Partial<Fate>>>> =
    standIns[channel].underFault;
  return (fault && own[fault.fault]) ?? {};
}

/**
 * Returns all receipts of one message. A fate of the other channel does not apply: the message then
 * ends in the default way.
 */
export function receiptsOf(
  received: Received,
  reply: object,
  subAccount: string,
  fate: Fate,
): ScheduledReceipt[] {
  if (fate.receipt === "none") return [];
  const { delayMs = 1_000 } = fate;
  const bodies = bodiesOf(received, reply, subAccount, fate);
  return bodies.map((body, index) => ({ afterMs: ((index + 1) / bodies.length) * delayMs, body }));
}

function bodiesOf(received: Received, reply: object, subAccount: string, fate: Fate): object[] {
  const { receipt, errorCode, source = received.source } = fate;
  const { fates, receipts } = standIns[received.channel];
  const sent = { ...received, source };
  return receipts(
    sent,
    reply,
    subAccount,
    fates.find((name) => name === receipt) ?? fates[0],
    errorCode,
  );
}
