import { eventChanges, hookChanges, phoneChanges, type Change } from "./changes.ts";
import type { EventHook, InlineHook, Org, Phone } from "./org.ts";
import { headersBeside } from "./hook-body.ts";
import type { WantedState } from "./wanted-state.ts";

export interface Found {
  readonly hooks: readonly InlineHook[];
  /** Undefined if the sign-in may not read the providers. */
  readonly ownProviders: number | undefined;
  readonly phone: Phone | undefined;
  readonly eventHooks: readonly EventHook[];
  readonly policiesOfferingPhone: readonly string[];
  readonly asksForPossession: boolean;
}

export interface Plan {
  readonly org: string;
  readonly hookUrl: string;
  readonly changes: readonly Change[];
  /** Reasons for which `apply` changes nothing. */
  readonly blockers: readonly string[];
  /** Changes of policies that an administrator must make. */
  readonly admin: readonly string[];
  /** Observations that need no change. */
  readonly notes: readonly string[];
}

export interface PlanOptions {
  /** Id of another app's active hook that this app takes over. */
  readonly takeOver?: string | undefined;
  /** Whether to send the secrets without other changes: Okta never shows that a secret is wrong. */
  readonly giveSecrets?: boolean;
  /** Whether apply only deactivates another app's active hook, which `restore` activates again. */
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

/** Finds our hook by its name, or by its URL if the hook was renamed. Prefers an active hook. */
export function ourHook(
  { hook: wanted }: WantedState,
  hooks: readonly InlineHook[],
): InlineHook | undefined {
  const named = hooks.filter(({ name }) => name === wanted.name);
  const ours =
    named.length > 0 ? named : hooks.filter(({ channel }) => channel.config.uri === wanted.url);
  return ours.find(({ status }) => status === "ACTIVE") ?? ours[0];
}

/** Returns the org's name for its phone authenticator, which is never renamed. */
export function phoneNameIn(wanted: WantedState, { phone }: Found): string {
  return phone?.name ?? wanted.phone.name ?? "Phone";
}

/** Compares the org with okta.json and lists the changes. Nothing is ever deleted. */
export function createPlan(wanted: WantedState, found: Found, options: PlanOptions = {}): Plan {
  const { takeOver, giveSecrets = false, beside: isBeside = false } = options;
  const blockers: string[] = [];
  if ((found.ownProviders ?? 0) > 0)
    blockers.push(
      "A custom telephony provider is on, so Okta allows no active hook. Ask an administrator to switch it off.",
    );
  const ours = ourHook(wanted, found.hooks);
  const other = found.hooks.find(({ id, status }) => status === "ACTIVE" && id !== ours?.id);
  if (other !== undefined && !isBeside && takeOver !== other.id)
    blockers.push(
      `Another telephony hook is active: ${other.id}. To replace it, add --take-over ${other.id}.`,
    );
  if (other === undefined && takeOver !== undefined && takeOver !== ours?.id)
    blockers.push("--take-over does not name an active telephony hook. Remove the option.");
  const changes = [
    ...hookChanges(wanted, ours, other, giveSecrets, isBeside),
    ...phoneChanges(wanted.phone, found.phone),
    ...eventChanges(wanted, found.eventHooks, phoneNameIn(wanted, found), giveSecrets),
  ];
  const beside = ours === undefined ? [] : headersBeside(wanted.hook, ours);
  const notes = [
    ...(beside.length > 0
      ? [`Okta sends extra headers with each request: ${beside.join(", ")}.`]
      : []),
    ...(found.ownProviders === undefined
      ? [
          "The scope okta.customTelephonyProvider.read is missing, so custom telephony providers were not checked.",
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
      ? ["let an enrollment policy offer the phone (docs/set-up-okta.md, step 4)."]
      : []),
    ...(asksForPossession
      ? []
      : ["let a rule of an app require a possession factor (docs/set-up-okta.md, step 5)."]),
  ];
}
