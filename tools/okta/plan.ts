import { eventChanges, hookChange, type EventChange, type HookChange } from "./changes.ts";
import type { EventHook, InlineHook, Org } from "./org.ts";
import { isActive, isOurHook, ourEventHook, ourHook } from "./ours.ts";
import type { WantedState } from "./wanted-state.ts";

export interface Plan {
  readonly wanted: WantedState;
  readonly hooks: readonly InlineHook[];
  readonly ours: InlineHook | undefined;
  readonly ourEvents: EventHook | undefined;
  /** Whether somebody else's hook becomes active. It is not called, because it would send a code. */
  readonly leaves: boolean;
  /** Active telephony hook of somebody else. */
  readonly other: InlineHook | undefined;
  /** Undefined if nothing changes, or if `other` is active and the plan does not switch. */
  readonly hook: HookChange | undefined;
  readonly events: readonly EventChange[];
  readonly phoneName: string;
  /** Reasons for which nothing may be changed. */
  readonly blockers: readonly string[];
  /** Observations that need no change. */
  readonly notes: readonly string[];
}

export interface PlanOptions {
  /** Whether to send the secrets without other changes. */
  readonly giveSecrets?: boolean;
  /** Whether to switch from somebody else's active hook to ours. */
  readonly switches?: boolean;
}

/** Compares an org with okta.json. */
export async function planOf(
  org: Org,
  wanted: WantedState,
  { giveSecrets = false, switches = false }: PlanOptions = {},
): Promise<Plan> {
  const hooks = await org.hooks();
  const ownProviders = await org.ownProviders();
  const ourEvents = wanted.events && ourEventHook(wanted.events, await org.eventHooks());
  const phoneName = wanted.events?.filter === true ? await org.phoneName() : "";
  const ours = ourHook(wanted, hooks);
  const other = hooks.find((hook) => isActive(hook) && !isOurHook(wanted, hook));
  const activates = other === undefined || switches;
  return {
    wanted,
    hooks,
    ours,
    ourEvents,
    leaves: false,
    other,
    hook: activates ? hookChange(wanted.hook, ours, giveSecrets) : undefined,
    events:
      wanted.events === undefined
        ? []
        : eventChanges(wanted.events, ourEvents, phoneName, { giveSecrets, activates }),
    phoneName,
    blockers:
      (ownProviders ?? 0) > 0
        ? [
            "A custom telephony provider is on, so Okta allows no active hook. Ask an administrator to switch it off.",
          ]
        : [],
    notes:
      ownProviders === undefined
        ? [
            "The scope okta.customTelephonyProvider.read is missing, so custom telephony providers were not checked.",
          ]
        : [],
  };
}
