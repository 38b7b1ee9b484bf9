// Telemetry to run queries on. What our code tells is made by the code's own builders; what Azure tells is as its tables say.
import { decide } from "../../src/delivery/decision.ts";
import { isMalformed, parseTelephonyRequest } from "../../src/okta/telephony-request.ts";
import type { HookResult } from "../../src/okta/telephony-answer.ts";
import type { Measurement, TelemetryEvent } from "../../src/telemetry/exporter.ts";
import { createOtpDeliveryEvent } from "../../src/telemetry/otp-delivery-event.ts";
import { createSecretExpiryReport } from "../../src/telemetry/secret-expiry.ts";
import { sumUnauthenticated } from "../../src/telemetry/unauthenticated-limit.ts";
import { hookBody } from "../../sandbox/okta.ts";
import type { Row } from "./kql-values.ts";

export const now = new Date("2030-01-01T12:00:00Z");
const minuteMs = 60_000;

export function minutesAgo(minutes: number): Date {
  return new Date(now.getTime() - minutes * minuteMs);
}

export function times<T>(count: number, make: (i: number) => T): readonly T[] {
  return Array.from({ length: count }, (_, i) => make(i));
}

export interface Hook {
  readonly minutes?: number;
  readonly user?: string;
  readonly number?: string;
  readonly channel?: "SMS" | "Voice call";
  readonly durationMs?: number;
  readonly timings?: Readonly<Record<string, number>>;
  readonly wrongSettings?: readonly string[];
}

let hooks = 0;

/** The event of a hook with such a result, on its way through the code as far as the result says that it came. */
export function hook(result: HookResult, { minutes = 10, number = "+447700900123", ...given }: Hook = {}): Row {
  hooks += 1;
  const traceId = hooks.toString(16).padStart(32, "0");
  const unread = ["malformed", "unauthenticated"].includes(result.outcome) || isBeforeReading(result);
  const event = createOtpDeliveryEvent(
    result,
    {
      timings: given.timings ?? {},
      ...(given.wrongSettings && { wrongSettings: given.wrongSettings }),
      ...(!unread && readHook(number, given)),
    },
    {
      at: minutesAgo(minutes),
      durationMs: given.durationMs ?? 100,
      traceParent: `00-${traceId}-0000000000000001-01`,
      phoneHashKey: "a-key-of-the-tests",
    },
  );
  return asCustomEvent(event, traceId);
}

/** 401s beyond 60 in a minute. */
export function strangers(count: number, minutes = 10): Row {
  return asCustomEvent(sumUnauthenticated("otp-delivery", count, minutesAgo(minutes)), "");
}

/** The same under a name that no query asks for. */
export function anotherEvent(event: Row): Row {
  return { ...event, name: "another-event" };
}

/** What an instance tells of a secret that so many days are left of. */
export function secretDaysLeft(secret: string, days: number): Row {
  const sent: Measurement[] = [];
  const report = createSecretExpiryReport({ send: (item) => "metric" in item && sent.push(item) });
  report(secret, new Date(Date.now() + days * 24 * 60 * minuteMs));
  const [{ metric, value, properties } = { metric: "", value: 0, properties: {} }] = sent;
  return { timestamp: minutesAgo(10), name: metric, value, customDimensions: properties };
}

/** What the host tells: https://learn.microsoft.com/azure/azure-monitor/reference/tables/apprequests */
export function request(path: string, { minutes = 10, duration = 100 } = {}): Row {
  const url = `https://func-okta8x8-test.azurewebsites.net${path}`;
  return { timestamp: minutesAgo(minutes), name: "hook", url, success: "True", resultCode: "200", duration };
}

export function exception(minutes: number): Row {
  return { timestamp: minutesAgo(minutes), type: "System.Threading.Tasks.TaskCanceledException" };
}

export function availabilityResult(success: string, minutes = 10): Row {
  return { timestamp: minutesAgo(minutes), name: "health", success };
}

/** What the vault tells: https://learn.microsoft.com/azure/azure-monitor/reference/tables/azkvauditlogs */
export function vaultCall(status: number): Row {
  return { TimeGenerated: minutesAgo(10), OperationName: "SecretGet", HttpStatusCode: status };
}

/** Megabytes: https://learn.microsoft.com/azure/azure-monitor/reference/tables/usage */
export function usage(Quantity: number, { minutes = 60, IsBillable = true } = {}): Row {
  return { TimeGenerated: minutesAgo(minutes), DataType: "AppEvents", Quantity, IsBillable };
}

function isBeforeReading(result: HookResult): boolean {
  return "reason" in result && ["secrets-not-loaded", "settings-wrong"].includes(result.reason);
}

/** The rules record and refuse nothing: a result says what was refused. */
function readHook(phoneNumber: string, { user, channel = "SMS" }: Hook) {
  const userProfile = { userId: user ?? `00u-${hooks}` };
  const messageProfile = { phoneNumber, deliveryChannel: channel, otpExpires: undefined };
  const body = hookBody({ userProfile, messageProfile });
  const delivery = parseTelephonyRequest(JSON.stringify(body));
  if (isMalformed(delivery)) throw new Error(`No hook: ${JSON.stringify(delivery.causes)}`);
  const phonePolicy = {
    mode: "record",
    allowedCountries: ["GB", "US", "SG"],
    blockedCountries: [],
    allowedCallingCodes: [],
    defaultCountry: undefined,
  } as const;
  return { delivery, decision: decide(delivery, { phonePolicy, on: { voice: true } }, now) };
}

/** Application Insights keeps each property as a string. */
function asCustomEvent({ name, at, properties }: TelemetryEvent, traceId: string): Row {
  const present = Object.entries(properties).filter(([, value]) => value !== undefined);
  const customDimensions = Object.fromEntries(present.map(([key, value]) => [key, String(value)]));
  return { timestamp: at, name, customDimensions, operation_Id: traceId };
}
