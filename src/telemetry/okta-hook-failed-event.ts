import type { HookFailure } from "../okta/event-hook.ts";
import type { RequestEvent } from "./exporter.ts";

/** The event of a hook that Okta logged as failed. Okta may report it twice: count it by `oktaEventId`. */
export function createOktaHookFailedEvent({ oktaEventId, reason, at }: HookFailure): RequestEvent {
  return { name: "okta-hook-failed", properties: { reason, failedAt: at.toISOString(), oktaEventId } };
}
