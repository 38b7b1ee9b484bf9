import type { Receipt } from "../8x8/receipt.ts";
import type { ReportEvent } from "./exporter.ts";
import { phoneProperties } from "./phone-properties.ts";

export const otpReceipt = "otp-receipt";

/** The wide event of one receipt. Of the number it has the country and the hash only. */
export function createOtpReceiptEvent(
  { phoneNumber, statusAt, oddPaths, ...reported }: Receipt,
  phoneHashKey: string | undefined,
): ReportEvent {
  return {
    name: otpReceipt,
    properties: {
      ...reported,
      ...phoneProperties(phoneNumber, phoneHashKey),
      statusAt: statusAt?.toISOString(),
      oddPaths: oddPaths.join(" ") || undefined,
    },
  };
}
