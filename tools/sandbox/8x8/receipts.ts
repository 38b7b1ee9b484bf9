import { channelNames, type Channel } from "../../../src/delivery/channels.ts";
import type { Received } from "./api.ts";
import { standIns } from "../channels.ts";
import type { Fault } from "./faults.ts";

/** A receipt, and how long after the message was accepted 8x8 sends it. */
export interface ScheduledReceipt {
  readonly afterMs: number;
  readonly body: object;
}

/** What becomes of a message, in the words of 8x8's receipts. */
export interface Fate {
  readonly receipt: FateName;
  /**
   * Of https://developer.8x8.com/connect/docs/delivery-receipts-error-codes, or of a session that
   * is an error.
   */
  readonly errorCode?: number;
  /** Who an SMS came from in the end. */
  readonly source?: string;
  /** When the last receipt comes. */
  readonly delayMs?: number;
  /** How often each receipt comes. */
  readonly copies?: number;
  /** Whether the last receipt comes first. */
  readonly reversed?: boolean;
}

export type FateName = (typeof knownFates)[number];

/** `none`: nothing comes. `garbage`: what comes is half a JSON. */
export const knownFates = [
  ...channelNames.flatMap((channel) => standIns[channel].fates),
  "none",
  "garbage",
] as const;

/** What becomes of a message that was taken under a fault, where that is not as it is set. */
export function fateUnder(fault: Fault | undefined, channel: Channel): Partial<Fate> {
  const own: Readonly<Partial<Record<Fault["fault"], Partial<Fate>>>> =
    standIns[channel].underFault;
  const fate = (fault && own[fault.fault]) ?? {};
  return fate.source === undefined || fault?.fault !== "sender-changed"
    ? fate
    : { source: fault.source ?? fate.source };
}

/** All receipts of one message. The other channel's fate leaves it as it usually is. */
export function receiptsOf(
  received: Received,
  reply: object,
  subAccount: string,
  fate: Fate,
): ScheduledReceipt[] {
  if (fate.receipt === "none") return [];
  const { delayMs = 1_000, copies = 1, reversed = false } = fate;
  const bodies = Array.from({ length: copies }, () =>
    bodiesOf(received, reply, subAccount, fate),
  ).flat();
  const inOrder = reversed ? bodies.toReversed() : bodies;
  return inOrder.map((body, index) => ({
    afterMs: ((index + 1) / inOrder.length) * delayMs,
    body,
  }));
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
