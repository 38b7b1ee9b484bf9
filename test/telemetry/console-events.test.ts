import { printEvents } from "../../src/telemetry/console-events.ts";
import type { TelemetryEvent } from "../../src/telemetry/exporter.ts";

/** The lines of one event, and what was sent besides. */
function told(properties: TelemetryEvent["properties"], statuses: readonly (number | undefined)[] = []) {
  const lines: string[] = [];
  const sent: TelemetryEvent[] = [];
  const telemetry = printEvents(
    {
      begin: () => undefined,
      end: (event) => event && sent.push(event),
      send: () => undefined,
      flush: () => Promise.resolve(),
    },
    (line) => lines.push(line),
  );
  const at = new Date();
  const calls = statuses.map((status) => ({
    channel: "sms" as const,
    host: "sms.8x8.com",
    startedAt: at,
    durationMs: 1,
    status,
    outcome: "accepted" as const,
  }));
  const event = { name: "otp-delivery", at, properties: { durationMs: 11.6, ...properties }, calls };
  telemetry.end(event);
  expect(sent).toEqual([event]);
  return lines;
}

const sms = { channel: "sms", country: "US" };
const provider = (reason: string, providerCode: string) => ({ outcome: "unavailable", reason, providerCode, ...sms });

test.each<[string, TelemetryEvent["properties"], (number | undefined)[]]>([
  ["→ accepted · sms · US · 8x8 200 (QUEUED) · 12 ms", { outcome: "accepted", providerCode: "QUEUED", ...sms }, [200]],
  [
    "→ accepted · recorded country-blocked · sms · 8x8 200 · 12 ms",
    { outcome: "accepted", recordedReason: "country-blocked", channel: "sms" },
    [200],
  ],
  [
    "→ accepted · guard: number-limit, 9 with a limit of 8 · sms · 8x8 200 · 12 ms",
    { outcome: "accepted", guardReason: "number-limit", guardCount: 9, guardLimit: 8, channel: "sms" },
    [200],
  ],
  ["→ refused country-blocked · sms · US · 12 ms", { outcome: "refused", reason: "country-blocked", ...sms }, []],
  ["→ unavailable redirected · sms · US · 8x8 302 · 12 ms", provider("redirected", "302"), [302]],
  [
    "→ unavailable provider-error · sms · US · 8x8 503, 500 (2000) · 12 ms",
    provider("provider-error", "2000"),
    [503, 500],
  ],
  [
    "→ unavailable unreachable · sms · US · 8x8 without an answer · 12 ms",
    { outcome: "unavailable", reason: "unreachable", ...sms },
    [undefined],
  ],
  [
    "→ malformed wrong-shape · data.messageProfile.otpCode · 12 ms",
    { outcome: "malformed", reason: "wrong-shape", wrongPaths: "data.messageProfile.otpCode" },
    [],
  ],
  [
    "→ unavailable settings-wrong · HOOK_BUDGET_MS · 12 ms",
    { outcome: "unavailable", reason: "settings-wrong", wrongSettings: "HOOK_BUDGET_MS" },
    [],
  ],
])("an event is the line %s, and is sent as ever", (line, properties, statuses) => {
  expect(told(properties, statuses)).toEqual([line]);
});

test("a line tells nothing of whom the hook was for", () => {
  const ids = { eventId: "id-1", oktaRequestId: "id-2", oktaUserId: "id-3", phoneHash: "id-4", providerId: "id-5" };
  expect(told({ outcome: "refused", reason: "voice-off", callingCode: "id-6", requestType: "id-7", ...ids })).toEqual([
    "→ refused voice-off · 12 ms",
  ]);
});

test.each<[string, string, TelemetryEvent["properties"]]>([
  [
    "otp-outcome",
    "← outcome: verified · sms · US · joined · after 13 s · feedback sent",
    { outcome: "verified", join: "joined", secondsToVerify: 12.6, feedback: "sent", ...sms },
  ],
  ["okta-fallback", "← Okta's fallback: success · sms · US", { outcome: "success", ...sms }],
  ["okta-hook-failed", "← hook failed: timeout", { reason: "timeout" }],
])("what Okta tells afterwards (%s) is the line %s", (name, line, properties) => {
  const lines: string[] = [];
  const none = () => undefined;
  const telemetry = { begin: none, end: none, send: none, flush: () => Promise.resolve() };
  printEvents(telemetry, (printed) => lines.push(printed)).send({ name, at: new Date(), properties, calls: [] });
  expect(lines).toEqual([line]);
});
