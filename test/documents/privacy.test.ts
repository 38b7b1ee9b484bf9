import { otpDelivery } from "../../src/telemetry/otp-delivery-event.ts";
import {
  oktaFallback,
  oktaHookFailed,
  otpOutcome,
  otpReceipt,
} from "../../src/telemetry/report-events.ts";
import { read } from "./markdown.ts";

const fromOkta = "Application Insights, from Okta's events";

test.each([
  { where: "Application Insights", event: otpDelivery },
  { where: "Application Insights, from 8x8's receipts", event: otpReceipt },
  { where: fromOkta, event: otpOutcome },
  { where: fromOkta, event: oktaFallback },
  { where: fromOkta, event: oktaHookFailed },
])(
  "docs/security.md names $event.name's personal data: $where",
  ({ where, event: { properties } }) => {
    const items = read("docs/security.md").split(/^(?=- \*\*)/m);
    const item =
      items.find((text) => text.startsWith(`- **${where}**: `))?.replaceAll(/\s+/g, " ") ?? "";
    const words = Object.values<{ readonly person?: string }>(properties).flatMap(
      ({ person }) => person ?? [],
    );
    expect(words.length).toBeGreaterThan(2);
    expect(words.filter((word) => !item.includes(word))).toEqual([]);
  },
);
