import type { HttpHandler, HttpRequest } from "@azure/functions";
import { isSenderChanged, parseReceipt } from "../8x8/receipt.ts";
import type { SmsSettings } from "../8x8/sms.ts";
import type { Secret } from "../secrets/secret.ts";
import { createUnreadReportEvent, otpReceipt } from "../telemetry/report-events.ts";
import type { Deadline } from "../timing/deadline.ts";
import { createReportHandler, readReport, type Http, type ReportAnswer } from "./http.ts";

interface DeliveryReceipts {
  readonly secret: Secret;
  readonly phoneHashKey: () => string | undefined;
  /** The senders that are set for SMS. */
  readonly senders: SmsSettings["senders"];
}

/** 8x8 repeats a receipt that gets a 4xx or 5xx, so every authenticated receipt gets 200. */
const route = { name: "otp-receipt", doneStatus: 200 } as const;

/**
 * Sends an event for each of 8x8's receipts. Keeps no state, because receipts may come twice, late
 * or before the request's own event.
 */
export function createDeliveryReceipts(
  http: Http,
  { secret, phoneHashKey, senders }: DeliveryReceipts,
): HttpHandler {
  // 8x8 documents no time limit for the answer.
  return createReportHandler(http, { ...route, budgetMs: 2_000, handle });

  async function handle(request: HttpRequest, deadline: Deadline): Promise<ReportAnswer> {
    // In 8x8's examples, a scheme precedes the secret. The vault holds only the secret.
    const credential = request.headers.get("authorization")?.replace(/^Bearer +/i, "") ?? null;
    const report = await readReport(route, request, deadline, { credential, secret });
    if (!report.ok) return report.answer;
    const parsed = parseReceipt(report.body);
    if (!parsed.ok) return { status: 200, events: [createUnreadReportEvent(route.name, parsed)] };
    if (parsed.receipt === undefined) return { status: 200 };
    // The used sender is dropped here, because it may be a person's number.
    const { usedSender, ...receipt } = parsed.receipt;
    const senderChanged = isSenderChanged(usedSender, receipt.phoneNumber, senders);
    const facts = { ...receipt, senderChanged, phoneHashKey: phoneHashKey() };
    return { status: 200, events: [otpReceipt.create(facts)] };
  }
}
