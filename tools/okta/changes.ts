import type { Difference } from "./differences.ts";
import { eventHookDifferences } from "./event-hook-body.ts";
import { hookDifferences } from "./hook-body.ts";
import { isActive } from "./ours.ts";
import type { EventHook, InlineHook } from "./org.ts";
import type { WantedEvents, WantedHook } from "./wanted-state.ts";

/** A change to our telephony hook. Replacing an inactive hook also activates it. */
export type HookChange =
  | { readonly do: "create-hook" }
  | {
      readonly do: "replace-hook";
      readonly hook: InlineHook;
      readonly differences: readonly Difference[];
    }
  | { readonly do: "activate-hook" | "deactivate-hook"; readonly hook: InlineHook };

export type EventChange =
  | { readonly do: "create-event-hook" }
  | {
      readonly do: "replace-event-hook";
      readonly hook: EventHook;
      readonly differences: readonly Difference[];
    }
  | {
      readonly do: "verify-event-hook" | "activate-event-hook" | "deactivate-event-hook";
      readonly hook: EventHook;
    };

/** Okta never shows the secret that it has, so a plan cannot see whether the secret is wrong. */
const secretAgain: Difference = { part: "secret", from: "hidden by Okta", to: "sent again" };

export function hookChange(
  wanted: WantedHook,
  ours: InlineHook | undefined,
  giveSecrets: boolean,
): HookChange | undefined {
  if (ours === undefined) return { do: "create-hook" };
  const secret = giveSecrets && wanted.auth === "secret" ? [secretAgain] : [];
  const differences = [...hookDifferences(wanted, ours), ...secret];
  if (differences.length > 0) return { do: "replace-hook", hook: ours, differences };
  return isActive(ours) ? undefined : { do: "activate-hook", hook: ours };
}

/** Creates a missing event hook even without `activates`. */
export function eventChanges(
  wanted: WantedEvents,
  ours: EventHook | undefined,
  phoneName: string,
  { giveSecrets, activates }: { readonly giveSecrets: boolean; readonly activates: boolean },
): EventChange[] {
  if (ours === undefined) return [{ do: "create-event-hook" }];
  const secret = giveSecrets ? [secretAgain] : [];
  const differences = [...eventHookDifferences(wanted, ours, phoneName), ...secret];
  const changes: EventChange[] = [];
  if (differences.length > 0) changes.push({ do: "replace-event-hook", hook: ours, differences });
  if (activates && !isActive(ours)) changes.push({ do: "activate-event-hook", hook: ours });
  if (differences.length === 0 && ours.verificationStatus !== "VERIFIED")
    changes.push({ do: "verify-event-hook", hook: ours });
  return changes;
}
