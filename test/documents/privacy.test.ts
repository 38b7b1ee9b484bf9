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
  ["Application Insights", otpDelivery],
  ["Application Insights, from 8x8's receipts", otpReceipt],
  [fromOkta, otpOutcome],
  [fromOkta, oktaFallback],
  [fromOkta, oktaHookFailed],
])(
  "the list of personal data, %s, names every property about a person: $name",
  (where, { properties }) => {
    const kept = read("docs/security.md").split(/^(?=- \*\*)/m);
    const said =
      kept.find((item) => item.startsWith(`- **${where}**: `))?.replaceAll(/\s+/g, " ") ?? "";
    const words = Object.values<{ readonly person?: string }>(properties).flatMap(
      ({ person }) => person ?? [],
    );
    expect(words.length).toBeGreaterThan(2);
    expect(words.filter((word) => !said.includes(word))).toEqual([]);
  },
);
