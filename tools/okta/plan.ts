import { eventChanges, hookChange, type EventChange, type HookChange } from "./changes.ts";
import type { EventHook, InlineHook, Org } from "./org.ts";
import { isActive, isOurHook, ourEventHook, ourHook } from "./ours.ts";
import type { WantedState } from "./wanted-state.ts";

export interface Plan {
  readonly wanted: WantedState;
  readonly hooks: readonly InlineHook[];
  /** Our hook, or the hook that the command names. */
  readonly ours: InlineHook | undefined;
  readonly ourEvents: EventHook | undefined;
  /** True if our hook is not in use after the plan. Verifying another's hook could send a code. */
  readonly leaves: boolean;
  /** Another app's active telephony hook. */
  readonly other: InlineHook | undefined;
  /** Undefined if the hook needs no change, or if `other` stays active. */
  readonly hook: HookChange | undefined;
  readonly events: readonly EventChange[];
  readonly phoneName: string;
  readonly blockers: readonly string[];
  readonly notes: readonly string[];
}

export interface PlanOptions {
  /** Whether to send the secrets even if nothing else differs. */
  readonly giveSecrets?: boolean;
  /** Whether to switch from another app's active hook to ours. */
  readonly switches?: boolean;
}

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
            "A custom telephony provider is on, so Okta allows no active hook. Ask an administrator to switch the provider off.",
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
