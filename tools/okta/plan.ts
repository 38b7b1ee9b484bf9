import { eventChanges, hookChanges, phoneChanges, type Change } from "./changes.ts";
import type { EventHook, InlineHook, Org, Phone } from "./org.ts";
import { headersBeside } from "./hook-body.ts";
import type { WantedState } from "./wanted-state.ts";

export interface Found {
  readonly hooks: readonly InlineHook[];
  /** Undefined where this app may not see them. */
  readonly ownProviders: number | undefined;
  readonly phone: Phone | undefined;
  readonly eventHooks: readonly EventHook[];
  readonly policiesOfferingPhone: readonly string[];
  readonly asksForPossession: boolean;
}

export interface Plan {
  readonly org: string;
  /** Where the hook secret goes. */
  readonly hookUrl: string;
  readonly changes: readonly Change[];
  /** What stops `apply` before it has done anything. */
  readonly blockers: readonly string[];
  /** What only an administrator does, in policies. */
  readonly admin: readonly string[];
  /** What is no difference, and yet worth a look. */
  readonly notes: readonly string[];
}

export interface PlanOptions {
  /** The id of an active hook that is to become ours. */
  readonly takeOver?: string | undefined;
  /** Sends secrets where nothing else differs: a wrong one cannot be seen. */
  readonly giveSecrets?: boolean;
  /** For a time: an active hook of somebody's is deactivated and otherwise left as it is. */
  readonly beside?: boolean;
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

/**
 * Ours is the hook of our name, or, where somebody renamed it, of our URL; of several the active
 * one.
 */
export function ourHook(
  { hook: wanted }: WantedState,
  hooks: readonly InlineHook[],
): InlineHook | undefined {
  const named = hooks.filter(({ name }) => name === wanted.name);
  const ours =
    named.length > 0 ? named : hooks.filter(({ channel }) => channel.config.uri === wanted.url);
  return ours.find(({ status }) => status === "ACTIVE") ?? ours[0];
}

/** What the org calls its phone authenticator. It is not renamed. */
export function phoneNameIn(wanted: WantedState, { phone }: Found): string {
  return phone?.name ?? wanted.phone.name ?? "Phone";
}

/** Compares what is there with what is wanted, and lists what to do. Nothing is ever deleted. */
export function createPlan(wanted: WantedState, found: Found, options: PlanOptions = {}): Plan {
  const { takeOver, giveSecrets = false, beside: isBeside = false } = options;
  const blockers: string[] = [];
  if ((found.ownProviders ?? 0) > 0)
    blockers.push(
      "A telephony provider of the org's own is on, which excludes a hook: an administrator switches it off.",
    );
  const ours = ourHook(wanted, found.hooks);
  const other = found.hooks.find(({ id, status }) => status === "ACTIVE" && id !== ours?.id);
  if (other !== undefined && !isBeside && takeOver !== other.id)
    blockers.push(
      `Another telephony hook is active, ${other.id}: --take-over ${other.id} takes its place.`,
    );
  if (other === undefined && takeOver !== undefined && takeOver !== ours?.id)
    blockers.push("--take-over names no hook that is active.");
  const changes = [
    ...hookChanges(wanted, ours, other, giveSecrets, isBeside),
    ...phoneChanges(wanted.phone, found.phone),
    ...eventChanges(wanted, found.eventHooks, phoneNameIn(wanted, found), giveSecrets),
  ];
  const beside = ours === undefined ? [] : headersBeside(wanted.hook, ours);
  const notes = [
    ...(beside.length > 0
      ? [`Okta sends headers beside the hook's own: ${beside.join(", ")}.`]
      : []),
    ...(found.ownProviders === undefined
      ? [
          "It cannot be seen whether a telephony provider of the org's own is on: okta.customTelephonyProvider.read.",
        ]
      : []),
  ];
  return {
    org: wanted.org,
    hookUrl: wanted.hook.url,
    changes,
    blockers,
    admin: adminWork(found),
    notes,
  };
}

function adminWork({ policiesOfferingPhone, asksForPossession }: Found): string[] {
  return [
    ...(policiesOfferingPhone.length === 0
      ? ["Let an enrollment policy offer the phone: docs/set-up-okta.md, step 4."]
      : []),
    ...(asksForPossession
      ? []
      : ["Let a rule of an app ask for a possession factor: docs/set-up-okta.md, step 5."]),
  ];
}
