import type { HookFailure } from "../okta/event-hook.ts";
import type { TelemetryEvent } from "./exporter.ts";

/** The event of a hook that failed in Okta's eyes. Okta may tell it twice: it is to be counted by `oktaEventId`. */
export function createOktaHookFailedEvent({
  oktaEventId,
  reason,
  at,
}: HookFailure): Pick<TelemetryEvent, "name" | "properties"> {
  return { name: "okta-hook-failed", properties: { reason, failedAt: at.toISOString(), oktaEventId } };
}
