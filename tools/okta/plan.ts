import { eventHookDifferences, hookDifferences } from "./hook-body.ts";
import type { EventHook, InlineHook, Org, Phone } from "./org.ts";
import type { WantedState } from "./wanted-state.ts";

/** One thing to do. Each is a few calls of Okta's API. */
export type Change =
  | { readonly do: "create-hook" }
  /** Name, URL, way of authentication and secret at once. An active hook stays active, another is activated. */
  | { readonly do: "replace-hook"; readonly id: string; readonly active: boolean; readonly parts: readonly string[] }
  | { readonly do: "activate-hook"; readonly id: string }
  /** Another hook is active: it becomes ours in place, or gives way to ours, which is there already. */
  | { readonly do: "take-over"; readonly id: string; readonly ours: string | undefined }
  | { readonly do: "create-phone" }
  | { readonly do: "replace-phone"; readonly id: string }
  | { readonly do: "activate-phone"; readonly id: string }
  | { readonly do: "set-method"; readonly type: "sms" | "voice"; readonly active: boolean }
  | { readonly do: "create-event-hook" }
  | { readonly do: "replace-event-hook"; readonly id: string; readonly parts: readonly string[] }
  | { readonly do: "verify-event-hook"; readonly id: string }
  | { readonly do: "activate-event-hook"; readonly id: string };

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

function hookChanges(
  wanted: WantedState,
  ours: InlineHook | undefined,
  other: InlineHook | undefined,
  giveSecrets: boolean,
): Change[] {
  if (other !== undefined) return [{ do: "take-over", id: other.id, ours: ours?.id }];
  if (ours === undefined) return [{ do: "create-hook" }];
  const secret = giveSecrets && wanted.hook.auth === "secret" ? ["secret"] : [];
  const parts = [...hookDifferences(wanted.hook, ours), ...secret];
  const active = ours.status === "ACTIVE";
  if (parts.length > 0) return [{ do: "replace-hook", id: ours.id, active, parts }];
  return active ? [] : [{ do: "activate-hook", id: ours.id }];
}

function phoneChanges(wanted: WantedState["phone"], phone: Phone | undefined): Change[] {
  const changes: Change[] = [];
  if (phone === undefined) changes.push({ do: "create-phone" });
  else if (phone.allowedFor !== wanted.allowedFor) changes.push({ do: "replace-phone", id: phone.id });
  if (phone?.status === "INACTIVE") changes.push({ do: "activate-phone", id: phone.id });
  // What is wanted comes first, so that an active phone is never without a method.
  const types = (["sms", "voice"] as const).toSorted((one, two) => Number(wanted[two]) - Number(wanted[one]));
  for (const type of types) {
    const active = phone?.methods.find((method) => method.type === type)?.status === "ACTIVE";
    // A phone that is yet to be made comes with both: what is not wanted is switched off, and the rest is left alone.
    if (phone === undefined ? !wanted[type] : active !== wanted[type])
      changes.push({ do: "set-method", type, active: wanted[type] });
  }
  return changes;
}

function eventChanges(wanted: WantedState, eventHooks: readonly EventHook[], giveSecrets: boolean): Change[] {
  if (wanted.events === undefined) return [];
  const { events } = wanted;
  const ours = eventHooks.find(({ name }) => name === events.name);
  if (ours === undefined) return [{ do: "create-event-hook" }];
  const parts = [...eventHookDifferences(events, ours), ...(giveSecrets ? ["secret"] : [])];
  return [
    ...(parts.length > 0 ? [{ do: "replace-event-hook", id: ours.id, parts } as const] : []),
    ...(ours.status === "INACTIVE" ? [{ do: "activate-event-hook", id: ours.id } as const] : []),
    ...(parts.length === 0 && ours.verificationStatus !== "VERIFIED"
      ? [{ do: "verify-event-hook", id: ours.id } as const]
      : []),
  ];
}

function adminWork({ policiesOfferingPhone, asksForPossession }: Found): string[] {
  return [
    ...(policiesOfferingPhone.length === 0
      ? ["Let an enrolment policy offer the phone: docs/set-up-okta.md, step 4."]
      : []),
    ...(asksForPossession ? [] : ["Let a rule of an app ask for a possession factor: docs/set-up-okta.md, step 5."]),
  ];
}
