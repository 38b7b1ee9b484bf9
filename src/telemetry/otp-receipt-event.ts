import type { Receipt } from "../8x8/receipt.ts";
import type { TelemetryEvent } from "./exporter.ts";
import { phoneProperties } from "./phone-properties.ts";

export const otpReceipt = "otp-receipt";

/** The wide event of one receipt. The number ends here: its country and its hash are told. */
export function createOtpReceiptEvent(
  { phoneNumber, statusAt, oddPaths, ...told }: Receipt,
  phoneHashKey: string | undefined,
): Pick<TelemetryEvent, "name" | "properties"> {
  return {
    name: otpReceipt,
    properties: {
      ...told,
      ...phoneProperties(phoneNumber, phoneHashKey),
      statusAt: statusAt?.toISOString(),
      oddPaths: oddPaths.join(" ") || undefined,
    },
  };
}
