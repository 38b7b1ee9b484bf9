import type { Receipt } from "../8x8/receipt.ts";
import type { RequestEvent } from "./exporter.ts";
import { phoneProperties } from "./phone-properties.ts";

interface ReceiptContext {
  readonly phoneHashKey: string | undefined;
  /** Whether 8x8 sent with another sender than it was asked for; undefined where that is not known. */
  readonly senderChanged: boolean | undefined;
}

/** The wide event of one receipt. Of the number it has the country and the hash only. */
export function createOtpReceiptEvent(
  { phoneNumber, statusAt, oddPaths, ...reported }: Omit<Receipt, "usedSender">,
  { phoneHashKey, senderChanged }: ReceiptContext,
): RequestEvent {
  return {
    name: "otp-receipt",
    properties: {
      ...reported,
      ...phoneProperties(phoneNumber, phoneHashKey),
      senderChanged: senderChanged === undefined ? undefined : String(senderChanged),
      statusAt: statusAt?.toISOString(),
      oddPaths: oddPaths.join(" ") || undefined,
    },
  };
}
