import { parseReceipt } from "../8x8/parse-receipt.ts";
import type { SmsSettings } from "../8x8/sms.ts";
import { isSenderChanged } from "../8x8/sms-receipt.ts";
import type { Secret } from "../secrets/secret.ts";
import { createOtpReceiptEvent, createUnreadReportEvent } from "../telemetry/report-events.ts";
import type { Reports } from "./reports.ts";

interface DeliveryReceipts {
  readonly secret: Secret;
  readonly phoneHashKey: () => string | undefined;
  /** Whom SMS come from, as far as we choose. */
  readonly senders: SmsSettings["senders"];
}

/**
 * 8x8's receipts: one event each, and no state, so that one that comes twice, late or before the
 * send's own event does no harm. 8x8 repeats what gets a 4xx as well as a 5xx, so what is authentic
 * is a 200, whatever is in it.
 */
export function createDeliveryReceipts({
  secret,
  phoneHashKey,
  senders,
}: DeliveryReceipts): Reports {
  return {
    name: "otp-receipt",
    // 8x8 documents no time in which it wants its answer.
    budgetMs: 2_000,
    secret,
    // 8x8's examples have a scheme before the secret: the vault holds the secret alone.
    credential: ({ headers }) => headers.get("authorization")?.replace(/^Bearer +/i, "") ?? null,
    doneStatus: 200,
    read(body) {
      const receipt = parseReceipt(body);
      if (receipt === "inbound-message") return { status: 200 };
      if ("wrongPaths" in receipt)
        return {
          status: 200,
          events: [createUnreadReportEvent("otp-receipt", { outcome: "malformed", ...receipt })],
        };
      // The sender that was used goes no further: it may be anybody's number.
      const { usedSender, ...reported } = receipt;
      const senderChanged = isSenderChanged(usedSender, reported.phoneNumber, senders);
      return {
        status: 200,
        events: [createOtpReceiptEvent(reported, phoneHashKey(), senderChanged)],
      };
    },
  };
}
