import type { InlineHook } from "./org.ts";
import { isActive, isOurHook, labelOf } from "./ours.ts";
import type { Plan } from "./plan.ts";

/** Finds a hook by its id or its name. Throws if no hook or several hooks match. */
export function findHook(hooks: readonly InlineHook[], nameOrId: string): InlineHook {
  const named = [
    hooks.filter(({ id }) => id === nameOrId),
    hooks.filter(({ name }) => name === nameOrId),
  ].find((some) => some.length > 0);
  const [only] = named ?? [];
  if (only !== undefined && named?.length === 1) return only;
  const listed = (named ?? hooks)
    .map((hook) => `${labelOf(hook)}${isActive(hook) ? ", active" : ""}`)
    .join("; ");
  throw new Error(
    `${named !== undefined ? "Several telephony hooks have this name" : "No telephony hook has this name or id"}. ${listed === "" ? "The org has none." : `Use the id of one: ${listed}`}`,
  );
}

/** If the hook belongs to another app, the plan also deactivates our event hook. */
export function activationOf(target: InlineHook, plan: Plan): Plan {
  const { wanted, hooks, ourEvents } = plan;
  const isOurs = isOurHook(wanted, target);
  const isLeft = ourEvents === undefined || isActive(ourEvents) === isOurs;
  return {
    ...plan,
    ours: target,
    leaves: !isOurs,
    other: hooks.find((hook) => isActive(hook) && hook.id !== target.id),
    hook: isActive(target) ? undefined : { do: "activate-hook", hook: target },
    events: isLeft
      ? []
      : [{ do: isOurs ? "activate-event-hook" : "deactivate-event-hook", hook: ourEvents }],
  };
}

/** Deactivates our hooks, for a company that types its provider's credentials into Okta. */
export function deactivationOf(plan: Plan): Plan {
  const { ours, ourEvents } = plan;
  return {
    ...plan,
    ours: undefined,
    leaves: true,
    other: undefined,
    blockers: [],
    hook: ours && isActive(ours) ? { do: "deactivate-hook", hook: ours } : undefined,
    events:
      ourEvents && isActive(ourEvents) ? [{ do: "deactivate-event-hook", hook: ourEvents }] : [],
  };
}
