import { commandFor, labelOf } from "./describe-plan.ts";
import { wordsOf } from "./okta-error.ts";
import type { InlineHook, Org } from "./org.ts";
import { isActive, isOurHook } from "./ours.ts";
import type { Plan } from "./plan.ts";
import { switchHooks } from "./switch.ts";
import { whyBroken } from "./verify.ts";

/** Finds a hook by its id or its name. Throws if none or several have the name. */
export function findHook(hooks: readonly InlineHook[], nameOrId: string): InlineHook {
  const byId = hooks.find(({ id }) => id === nameOrId);
  if (byId !== undefined) return byId;
  const named = hooks.filter(({ name }) => name === nameOrId);
  const [only] = named;
  if (only !== undefined && named.length === 1) return only;
  const listed = (named.length > 0 ? named : hooks)
    .map((hook) => `${labelOf(hook)}${isActive(hook) ? ", active" : ""}`)
    .join("; ");
  throw new Error(
    `${named.length > 0 ? "Several telephony hooks have this name" : "No telephony hook has this name or id"}. ${listed === "" ? "The org has none." : `Use the id of one: ${listed}`}`,
  );
}

export interface Steps {
  readonly lines: readonly string[];
  readonly run: () => Promise<void>;
}

interface Activating {
  readonly org: Org;
  readonly hooks: readonly InlineHook[];
  readonly environment: string;
  readonly say: (line: string) => void;
}

/**
 * Activates a hook that the org has, without any other change to it. If the hook is somebody
 * else's, it is not called, because it would send a code, and our event hook is deactivated.
 */
export function activationOf(
  target: InlineHook,
  { wanted, ourEvents }: Plan,
  { org, hooks, environment, say }: Activating,
): Steps {
  const from = hooks.find((hook) => isActive(hook) && hook.id !== target.id);
  const isOurs = isOurHook(wanted, target);
  const toEvents =
    ourEvents === undefined || isActive(ourEvents) === isOurs
      ? undefined
      : isOurs
        ? "activate"
        : "deactivate";
  const wayBack = from && commandFor(`activate ${from.id}`, environment);
  const lines = [
    ...(from === undefined ? [] : [`~ telephony hook ${labelOf(from)}: deactivate`]),
    ...(isActive(target)
      ? [`  telephony hook ${labelOf(target)} is active.`]
      : [`~ telephony hook ${labelOf(target)}: activate`]),
    ...(toEvents === undefined ? [] : [`~ event hook "${ourEvents?.name ?? ""}": ${toEvents}`]),
    ...(wayBack === undefined
      ? []
      : [
          "  Between the two calls, no hook is active: Okta sends codes itself, if your org has a provider.",
          `  The way back: ${wayBack}`,
        ]),
  ];
  const activate = async () => {
    await org.setHookStatus(target.id, "activate");
    return target.id;
  };
  return {
    lines,
    async run() {
      if (from !== undefined && wayBack !== undefined)
        await switchHooks({
          org,
          from,
          next: activate,
          isNext: ({ id }) => id === target.id,
          whyBroken: (id) => (isOurs ? whyBroken(org, id) : Promise.resolve(undefined)),
          wayBack,
          say,
        });
      else if (!isActive(target)) await activate();
      say(`${labelOf(target)} is active.`);
      if (toEvents === undefined || ourEvents === undefined) return;
      await org.eventHookLifecycle(ourEvents.id, toEvents).catch((error: unknown) => {
        throw new Error(
          `The event hook "${ourEvents.name}" could not be ${toEvents}d. Run the command again. ${wordsOf(error)}`,
        );
      });
      say(`The event hook "${ourEvents.name}" is ${isOurs ? "active" : "inactive"}.`);
    },
  };
}
