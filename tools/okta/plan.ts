import { eventChanges, hookChange, type EventChange, type HookChange } from "./changes.ts";
import { headersBeside } from "./hook-body.ts";
import type { EventHook, InlineHook, Org } from "./org.ts";
import { isActive, isOurHook, ourEventHook, ourHook } from "./ours.ts";
import type { WantedState } from "./wanted-state.ts";

export interface Found {
  readonly hooks: readonly InlineHook[];
  /** Undefined if the sign-in may not read the providers. */
  readonly ownProviders: number | undefined;
  /** Empty if okta.json has no event hook. */
  readonly eventHooks: readonly EventHook[];
  readonly phoneName: string;
}

export interface Plan {
  readonly wanted: WantedState;
  readonly ours: InlineHook | undefined;
  readonly ourEvents: EventHook | undefined;
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
export async function planOf(org: Org, wanted: WantedState, options?: PlanOptions): Promise<Plan> {
  return createPlan(wanted, await look(org, wanted), options);
}

export async function look(org: Org, { events }: WantedState): Promise<Found> {
  return {
    hooks: await org.hooks(),
    ownProviders: await org.ownProviders(),
    eventHooks: events === undefined ? [] : await org.eventHooks(),
    phoneName: events?.filter === true ? await org.phoneName() : "",
  };
}

export function createPlan(
  wanted: WantedState,
  found: Found,
  { giveSecrets = false, switches = false }: PlanOptions = {},
): Plan {
  const ours = ourHook(wanted, found.hooks);
  const ourEvents = ourEventHook(wanted, found.eventHooks);
  const other = found.hooks.find((hook) => isActive(hook) && !isOurHook(wanted, hook));
  const activates = other === undefined || switches;
  const { phoneName } = found;
  return {
    wanted,
    ours,
    ourEvents,
    other,
    hook: activates ? hookChange(wanted.hook, ours, giveSecrets) : undefined,
    events:
      wanted.events === undefined
        ? []
        : eventChanges(wanted.events, ourEvents, phoneName, { giveSecrets, activates }),
    phoneName,
    blockers:
      (found.ownProviders ?? 0) > 0
        ? [
            "A custom telephony provider is on, so Okta allows no active hook. Ask an administrator to switch it off.",
          ]
        : [],
    notes: notesOn(wanted, ours, found.ownProviders),
  };
}

function notesOn(
  wanted: WantedState,
  ours: InlineHook | undefined,
  ownProviders: number | undefined,
): string[] {
  const beside = ours === undefined ? [] : headersBeside(wanted.hook, ours);
  const notes: string[] = [];
  if (beside.length > 0)
    notes.push(`Okta sends extra headers with each request: ${beside.join(", ")}.`);
  if (ownProviders === undefined)
    notes.push(
      "The scope okta.customTelephonyProvider.read is missing, so custom telephony providers were not checked.",
    );
  if (wanted.phone !== undefined)
    notes.push(
      "phone in okta.json is ignored. Set up the phone by hand (docs/set-up-okta.md), and remove it from the file.",
    );
  return notes;
}
