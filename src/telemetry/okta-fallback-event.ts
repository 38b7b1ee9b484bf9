import type { Fallback } from "../okta/event-hook.ts";
import type { RequestEvent } from "./exporter.ts";

/** The event of a code for which Okta turned to its own provider. Okta may report it twice: count it by `oktaEventId`. */
export function createOktaFallbackEvent({
  oktaEventId,
  oktaUserId,
  channel,
  country,
  result,
  at,
}: Fallback): RequestEvent {
  return {
    name: "okta-fallback",
    properties: {
      outcome: result?.toLowerCase(),
      channel,
      country,
      sentAt: at.toISOString(),
      oktaEventId,
      oktaUserId,
    },
  };
}
