import { differs, judge, notTried, type Finding } from "./finding.ts";
import type { Row } from "./azure.ts";
import type { Live } from "./live.ts";
import type { Channel } from "../../src/rules/channels.ts";

const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;
const causesOfError: Readonly<Record<string, string>> = {
  "15": "the number does not exist, or is not a mobile number.",
  "19": "the sender is not registered in that country.",
  "42": "the account has no credit.",
  "99": "8x8's fraud detection, Omni Shield, blocked the message. Ask 8x8.",
};

const endsOf: Readonly<Record<Channel, readonly string[] | undefined>> = {
  sms: ["delivered", "undelivered", "rejected", "failed"],
  // A call has one receipt.
  voice: undefined,
};

/** Waits for the message's last receipt, and counts the message's receipts after `since`. */
export async function endOf(live: Live, channel: Channel, providerId: string, since: Date) {
  const azure = await live.azure();
  const isOfIt = ({ properties }: Row) => properties["providerId"] === providerId;
  const isEnd = (row: Row) =>
    isOfIt(row) && (endsOf[channel]?.includes(String(row.properties["state"])) ?? true);
  const query = { table: "customEvents", name: "otp-receipt", since } as const;
  const rows = await azure.waitFor(query, live.patienceMs, live.pauseMs, (all) => all.some(isEnd));
  // This run also sends a receipt without a secret. Its refusal has another reason.
  const isRefused = rows.some(({ properties }) => properties["reason"] === "wrong-secret");
  return { last: rows.find(isEnd), count: rows.filter(isOfIt).length, isRefused };
}

/** The route of receipts answers 404 if the vault has no secret for it. */
export const receiptsAreOff = async (live: Live) =>
  (await live.ask("POST", "/api/8x8/receipts", "{}")).status === 404;

/** Judges the final state that 8x8 reports for a message. */
export async function receipt(live: Live, channel: Channel): Promise<Finding> {
  const { sent, at } = await live.code(channel);
  const { outcome, transactionId } = sent.judged ?? {};
  if (outcome !== "accepted" || transactionId === undefined)
    return notTried("waits", `8x8 accepted no ${channel}.`);
  if (await receiptsAreOff(live))
    return notTried("not set up", "Receipts are off. To set them up, run scripts/receipts.sh set.");
  const { last, ...others } = await endOf(live, channel, transactionId, at);
  if (last === undefined) return noReceipt(live, others);
  const { state = "no state", errorCode, reason } = last.properties;
  const words = [state, errorCode && `error ${errorCode}`, reason].filter(Boolean).join(", ");
  return judge(
    ["delivered", "completed"].includes(state),
    `${words} after ${seconds(last.timestamp.getTime() - at.getTime())}.`,
    errorCode === undefined && channel === "voice"
      ? "the call was not picked up. Run this again, and pick up."
      : (causesOfError[errorCode ?? ""] ?? "docs/troubleshoot.md explains the error."),
  );
}

function noReceipt(
  { patienceMs }: Live,
  { count, isRefused }: { readonly count: number; readonly isRefused: boolean },
): Finding {
  if (count > 0)
    return differs(
      `${count} receipts came, but not the last one.`,
      "the phone is off, or the operator reports nothing.",
    );
  return isRefused
    ? differs(
        "A receipt came, but the app refused it with 401.",
        "8x8's webhook has another secret. Run scripts/receipts.sh set.",
      )
    : differs(
        `No receipt came within ${seconds(patienceMs)}.`,
        "8x8 has no webhook for this sub-account, or one with another secret. Run scripts/receipts.sh set.",
      );
}
