import type { UnauthenticatedReason } from "../okta/authenticate.ts";
import type { RequestEvent } from "./exporter.ts";

/** Why a report was not read: its caller, the bridge's own state, or its body. */
export type UnreadReport =
  | { readonly outcome: "unauthenticated"; readonly reason: UnauthenticatedReason }
  | { readonly outcome: "unavailable"; readonly reason: "settings-wrong" | "secrets-not-loaded" | "internal-error" }
  | { readonly outcome: "malformed"; readonly reason: string; readonly wrongPaths?: readonly string[] };

/** The event of a report that was not read, under the name of those that are: those have no `outcome`. */
export function createUnreadReportEvent(
  name: "otp-receipt" | "otp-outcome",
  { outcome, reason, ...more }: UnreadReport,
): RequestEvent {
  const wrongPaths = "wrongPaths" in more ? more.wrongPaths.join(" ") : "";
  return { name, properties: { outcome, reason, wrongPaths: wrongPaths || undefined } };
}
