import { eventChanges, hookChanges, phoneChanges, type Change } from "./changes.ts";
import type { EventHook, InlineHook, Org, Phone } from "./org.ts";
import type { WantedState } from "./wanted-state.ts";

export interface Found {
  readonly hooks: readonly InlineHook[];
  readonly ownProviders: number;
  readonly phone: Phone | undefined;
  readonly eventHooks: readonly EventHook[];
  readonly policiesOfferingPhone: readonly string[];
  readonly asksForPossession: boolean;
}

export interface Plan {
  readonly changes: readonly Change[];
  /** What stops `apply` before it has done anything. */
  readonly blockers: readonly string[];
  /** What only an administrator does, in policies. */
  readonly admin: readonly string[];
}

export interface PlanOptions {
  /** The id of an active hook that is to become ours. */
  readonly takeOver?: string | undefined;
  /** Sends secrets where nothing else differs: a wrong one cannot be seen. */
  readonly giveSecrets?: boolean;
}

export async function look(org: Org, wanted: WantedState): Promise<Found> {
  return {
    hooks: await org.hooks(),
    ownProviders: await org.ownProviders(),
    phone: await org.phone(),
    eventHooks: wanted.events === undefined ? [] : await org.eventHooks(),
    policiesOfferingPhone: await org.policiesOfferingPhone(),
    asksForPossession: await org.asksForPossession(),
  };
}

/** Ours is the hook of our name; of several the active one. */
export function ourHook(wanted: WantedState, hooks: readonly InlineHook[]): InlineHook | undefined {
  const named = hooks.filter(({ name }) => name === wanted.hook.name);
  return named.find(({ status }) => status === "ACTIVE") ?? named[0];
}

/** Pure: what is, what is wanted, what is to be done. Nothing is ever deleted. */
export function createPlan(wanted: WantedState, found: Found, options: PlanOptions = {}): Plan {
  const { takeOver, giveSecrets = false } = options;
  const blockers: string[] = [];
  if (found.ownProviders > 0)
    blockers.push(
      "A telephony provider of the org's own is on, which excludes a hook: an administrator switches it off.",
    );
  const ours = ourHook(wanted, found.hooks);
  const other = found.hooks.find(({ id, status }) => status === "ACTIVE" && id !== ours?.id);
  if (other !== undefined && takeOver !== other.id)
    blockers.push(`Another telephony hook is active, ${other.id}: --take-over ${other.id} takes its place.`);
  if (other === undefined && takeOver !== undefined && takeOver !== ours?.id)
    blockers.push("--take-over names no hook that is active.");
  const changes = [
    ...hookChanges(wanted, ours, other, giveSecrets),
    ...phoneChanges(wanted.phone, found.phone),
    ...eventChanges(wanted, found.eventHooks, giveSecrets),
  ];
  return { changes, blockers, admin: adminWork(found) };
}

function adminWork({ policiesOfferingPhone, asksForPossession }: Found): string[] {
  return [
    ...(policiesOfferingPhone.length === 0
      ? ["Let an enrolment policy offer the phone: docs/set-up-okta.md, step 4."]
      : []),
    ...(asksForPossession ? [] : ["Let a rule of an app ask for a possession factor: docs/set-up-okta.md, step 5."]),
  ];
}
