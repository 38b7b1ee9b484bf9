import { createHmac } from "node:crypto";
import type { Delivered } from "../8x8/deliver.ts";
import type { Decision } from "../delivery/decide.ts";
import type { OtpDelivery } from "../delivery/otp-delivery.ts";
import type { PhoneNumber } from "../delivery/phone-number.ts";
import type { Ending } from "../okta/answer.ts";
import type { TelemetryEvent } from "../telemetry.ts";

/** What became known of one request, step by step. */
export interface Story {
  secretVersion?: number;
  delivery?: OtpDelivery;
  decision?: Decision;
  delivered?: Delivered;
  wrongSettings?: readonly string[];
  /** Milliseconds by step. */
  readonly steps: Partial<Record<Step, number>>;
}

/** Waiting for a secret is part of the step that needs it: authenticateMs, sendMs. */
export type Step = "authenticateMs" | "parseMs" | "decideMs" | "sendMs";

/** Writes down how long each step took, since the last one. */
export function stopwatch({ steps }: Story): (step: Step) => void {
  let last = performance.now();
  return (step) => {
    const now = performance.now();
    steps[step] = now - last;
    last = now;
  };
}

// Okta's ids have no documented length; Application Insights cuts at 8,192 characters.
const longestId = 256;

export interface EventContext {
  readonly at: Date;
  readonly durationMs: number;
  readonly traceParent: string | undefined;
  readonly phoneHashKey: string | undefined;
}

/** The wide event of one request. Neither code, number, text, login nor names are in it. */
export function otpDeliveryEvent(ending: Ending, story: Story, context: EventContext): TelemetryEvent {
  const { delivery, decision, delivered, secretVersion, steps } = story;
  const phoneNumber = decision?.phoneNumber;
  return {
    name: "otp-delivery",
    at: context.at,
    traceParent: context.traceParent,
    calls: delivered?.calls ?? [],
    properties: {
      outcome: ending.outcome,
      reason: "reason" in ending ? ending.reason : undefined,
      channel: delivery?.channel,
      // Undefined where the number may be in several countries.
      country: phoneNumber?.countries.length === 1 ? phoneNumber.countries[0] : undefined,
      callingCode: phoneNumber?.callingCode,
      eventId: delivery?.eventId?.slice(0, longestId),
      oktaRequestId: delivery?.oktaRequestId?.slice(0, longestId),
      oktaUserId: delivery?.oktaUserId?.slice(0, longestId),
      requestType: delivery?.requestType?.slice(0, longestId),
      providerCode: "code" in ending ? ending.code : undefined,
      providerId: "id" in ending ? ending.id : undefined,
      secretVersion,
      attempts: delivered?.calls.length ?? 0,
      recordedReason: decision?.send === true ? decision.recorded : undefined,
      wrongPaths: "causes" in ending ? ending.causes.map(({ path }) => path).join(" ") || undefined : undefined,
      wrongSettings: story.wrongSettings?.join(" "),
      phoneHash: phoneNumber && context.phoneHashKey && hash(phoneNumber, context.phoneHashKey),
      durationMs: context.durationMs,
      ...steps,
    },
  };
}

/** Two events of one number have one hash. Without the key it can't be turned back, though numbers are few. */
function hash(phoneNumber: PhoneNumber, key: string): string {
  return createHmac("sha256", key).update(phoneNumber.reveal()).digest("base64url");
}
