import { lineOf } from "../../../tools/local/event-line.ts";
import type { TelemetryEvent } from "../../../src/telemetry/event.ts";

type Properties = TelemetryEvent["properties"];

/** One attempt for each status of 8x8's replies. */
const attemptsOf = (statuses: readonly (number | undefined)[]): TelemetryEvent["attempts"] =>
  statuses.map((status) => ({
    provider: "8x8",
    channel: "sms",
    host: "sms.8x8.com",
    startedAt: new Date(),
    durationMs: 1,
    status,
    ok: true,
    outcome: "accepted",
  }));
const sms = { channel: "sms", country: "US" };

test.each<[string, Properties, (number | undefined)[]]>([
  [
    "→ accepted · recorded country-blocked · sms · US · 8x8 200 (QUEUED) · 12 ms",
    { outcome: "accepted", policyReason: "country-blocked", providerCode: "QUEUED", ...sms },
    [200],
  ],
  [
    "→ accepted · guard: number-limit, 9 with a limit of 8 · sms · US · 8x8 200 · 12 ms",
    { outcome: "accepted", guardReason: "number-limit", guardCount: 9, guardLimit: 8, ...sms },
    [200],
  ],
  [
    "→ unavailable unreachable · sms · US · 8x8 503, no answer (2000) · 12 ms",
    { outcome: "unavailable", reason: "unreachable", providerCode: "2000", ...sms },
    [503, undefined],
  ],
  [
    "→ malformed wrong-shape · data.messageProfile.otpCode · 12 ms",
    {
      outcome: "malformed",
      reason: "wrong-shape",
      wrongPaths: "data.messageProfile.otpCode",
      oktaUserId: "not-printed",
      phoneHash: "not-printed",
      callingCode: "not-printed",
    },
    [],
  ],
])("lineOf() prints a request's event as %s", (line, properties, statuses) => {
  const event = { durationMs: 11.6, ...properties };
  const delivery = { name: "otp-delivery", properties: event, attempts: attemptsOf(statuses) };
  expect(lineOf(delivery, "+12025550123")).toBe(line);
});

test.each<[string, string, Properties]>([
  ["otp-receipt", "← receipt: delivered · …0123 · sms · US", { state: "delivered", ...sms }],
  [
    "otp-outcome",
    "← outcome: verified · …0123 · sms · US · joined · after 13 s · feedback sent",
    { outcome: "verified", join: "joined", secondsToVerify: 12.6, feedback: "sent", ...sms },
  ],
  ["okta-hook-failed", "← hook failed: timeout · …0123", { reason: "timeout" }],
])("lineOf() prints %s with the number's last four digits, as %s", (name, line, properties) => {
  expect(lineOf({ name, properties, attempts: [] }, "+12025550123")).toBe(line);
});
