import { lineOf } from "../../../tools/local/event-line.ts";
import type { TelemetryEvent } from "../../../src/telemetry/event.ts";

/** Returns the printed line of one request's event. Each status is one reply of 8x8. */
function lineWith(
  properties: TelemetryEvent["properties"],
  statuses: readonly (number | undefined)[] = [],
): string {
  const attempts = statuses.map((status) => ({
    provider: "8x8" as const,
    channel: "sms" as const,
    host: "sms.8x8.com",
    startedAt: new Date(),
    durationMs: 1,
    status,
    ok: true as const,
    outcome: "accepted" as const,
  }));
  return lineOf({
    name: "otp-delivery",
    properties: { durationMs: 11.6, ...properties },
    attempts,
  });
}

const sms = { channel: "sms", country: "US" };
const provider = (reason: string, providerCode: string) => ({
  outcome: "unavailable",
  reason,
  providerCode,
  ...sms,
});

test.each<[string, TelemetryEvent["properties"], (number | undefined)[]]>([
  [
    "→ accepted · sms · US · 8x8 200 (QUEUED) · 12 ms",
    { outcome: "accepted", providerCode: "QUEUED", ...sms },
    [200],
  ],
  [
    "→ accepted · recorded country-blocked · sms · 8x8 200 · 12 ms",
    { outcome: "accepted", policyReason: "country-blocked", channel: "sms" },
    [200],
  ],
  [
    "→ accepted · guard: number-limit, 9 with a limit of 8 · sms · 8x8 200 · 12 ms",
    {
      outcome: "accepted",
      guardReason: "number-limit",
      guardCount: 9,
      guardLimit: 8,
      channel: "sms",
    },
    [200],
  ],
  ["→ unavailable redirected · sms · US · 8x8 302 · 12 ms", provider("redirected", "302"), [302]],
  [
    "→ unavailable provider-error · sms · US · 8x8 503, 500 (2000) · 12 ms",
    provider("provider-error", "2000"),
    [503, 500],
  ],
  [
    "→ unavailable unreachable · sms · US · 8x8 no answer · 12 ms",
    { outcome: "unavailable", reason: "unreachable", ...sms },
    [undefined],
  ],
  [
    "→ malformed wrong-shape · data.messageProfile.otpCode · 12 ms",
    { outcome: "malformed", reason: "wrong-shape", wrongPaths: "data.messageProfile.otpCode" },
    [],
  ],
])("lineOf() prints a request's event as %s", (line, properties, statuses) => {
  expect(lineWith(properties, statuses)).toBe(line);
});

test("lineOf() prints the number's last four digits on a receipt's line if the sandbox knows the number", () => {
  const properties = { state: "delivered", ...sms };
  const line = lineOf({ name: "otp-receipt", properties, attempts: [] }, "+12025550123");
  expect(line).toBe("← receipt: delivered · …0123 · sms · US");
});

test("lineOf() leaves out ids, the calling code and the request type", () => {
  const ids = {
    eventId: "id-1",
    oktaRequestId: "id-2",
    oktaUserId: "id-3",
    phoneHash: "id-4",
    providerId: "id-5",
  };
  expect(
    lineWith({
      outcome: "refused",
      reason: "voice-off",
      callingCode: "id-6",
      requestType: "id-7",
      ...ids,
    }),
  ).toBe("→ refused voice-off · 12 ms");
});

test.each<[string, string, TelemetryEvent["properties"]]>([
  [
    "otp-outcome",
    "← outcome: verified · sms · US · joined · after 13 s · feedback sent",
    { outcome: "verified", join: "joined", secondsToVerify: 12.6, feedback: "sent", ...sms },
  ],
  ["okta-fallback", "← Okta's own provider: success · sms · US", { outcome: "success", ...sms }],
  ["okta-hook-failed", "← hook failed: timeout", { reason: "timeout" }],
])("lineOf() prints Okta's report %s as %s", (name, line, properties) => {
  expect(lineOf({ name, properties, attempts: [] })).toBe(line);
});
