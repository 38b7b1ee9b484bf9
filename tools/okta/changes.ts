import { eventHookDifferences } from "./event-hook-body.ts";
import { hookDifferences, headersBeside } from "./hook-body.ts";
import type { EventHook, InlineHook, Phone } from "./org.ts";
import { phoneMethods, type WantedState } from "./wanted-state.ts";

/** A change of the org, which takes a few calls of Okta's API. */
export type Change =
  | { readonly do: "create-hook" }
  /** Replaces name, URL, authentication and secret at once. An inactive hook is also activated. */
  | {
      readonly do: "replace-hook";
      readonly id: string;
      readonly active: boolean;
      readonly parts: readonly string[];
      readonly from: string;
      readonly to: string;
    }
  | { readonly do: "activate-hook"; readonly id: string }
  /**
   * Takes over from another active hook. If our hook exists, it replaces the other hook. Otherwise
   * the other hook is changed into ours, and loses its headers.
   */
  | {
      readonly do: "take-over";
      readonly id: string;
      readonly ours: string | undefined;
      /** Whether the other hook is only deactivated, so that `restore` can activate it again. */
      readonly beside: boolean;
      readonly headers: readonly string[];
    }
  | { readonly do: "create-phone" }
  | { readonly do: "replace-phone"; readonly id: string }
  | { readonly do: "activate-phone"; readonly id: string }
  | {
      readonly do: "set-method";
      readonly type: (typeof phoneMethods)[number];
      readonly active: boolean;
    }
  | { readonly do: "create-event-hook" }
  | { readonly do: "replace-event-hook"; readonly id: string; readonly parts: readonly string[] }
  | { readonly do: "verify-event-hook"; readonly id: string }
  | { readonly do: "activate-event-hook"; readonly id: string };

export function hookChanges(
  wanted: WantedState,
  ours: InlineHook | undefined,
  other: InlineHook | undefined,
  giveSecrets: boolean,
  beside = false,
): Change[] {
  if (other !== undefined)
    return [
      {
        do: "take-over",
        id: other.id,
        ours: ours?.id,
        beside,
        headers: headersBeside(wanted.hook, other),
      },
    ];
  if (ours === undefined) return [{ do: "create-hook" }];
  const secret = giveSecrets && wanted.hook.auth === "secret" ? ["secret"] : [];
  const parts = [...hookDifferences(wanted.hook, ours), ...secret];
  const active = ours.status === "ACTIVE";
  const urls = { from: ours.channel.config.uri, to: wanted.hook.url };
  if (parts.length > 0) return [{ do: "replace-hook", id: ours.id, active, parts, ...urls }];
  return active ? [] : [{ do: "activate-hook", id: ours.id }];
}

export function phoneChanges(wanted: WantedState["phone"], phone: Phone | undefined): Change[] {
  const changes: Change[] = [];
  if (phone === undefined) changes.push({ do: "create-phone" });
  else if (phone.allowedFor !== wanted.allowedFor)
    changes.push({ do: "replace-phone", id: phone.id });
  if (phone?.status === "INACTIVE") changes.push({ do: "activate-phone", id: phone.id });
  // Switch methods on before others are switched off, because an active phone needs a method.
  const types = phoneMethods.toSorted((one, two) => Number(wanted[two]) - Number(wanted[one]));
  for (const type of types) {
    const active = phone?.methods.find((method) => method.type === type)?.status === "ACTIVE";
    // Okta creates a phone with both methods on, so only unwanted ones need a change.
    if (phone === undefined ? !wanted[type] : active !== wanted[type])
      changes.push({ do: "set-method", type, active: wanted[type] });
  }
  return changes;
}

export function eventChanges(
  { events }: WantedState,
  eventHooks: readonly EventHook[],
  phoneName: string,
  giveSecrets: boolean,
): Change[] {
  if (events === undefined) return [];
  const ours =
    eventHooks.find(({ name }) => name === events.name) ??
    eventHooks.find(({ channel }) => channel.config.uri === events.url);
  if (ours === undefined) return [{ do: "create-event-hook" }];
  const parts = [
    ...eventHookDifferences(events, ours, phoneName),
    ...(giveSecrets ? ["secret"] : []),
  ];
  return [
    ...(parts.length > 0 ? [{ do: "replace-event-hook", id: ours.id, parts } as const] : []),
    ...(ours.status === "INACTIVE" ? [{ do: "activate-event-hook", id: ours.id } as const] : []),
    ...(parts.length === 0 && ours.verificationStatus !== "VERIFIED"
      ? [{ do: "verify-event-hook", id: ours.id } as const]
      : []),
  ];
}
