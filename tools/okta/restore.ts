import type { Before } from "./state-before-laptop.ts";
import type { Org } from "./org.ts";
import { ourHook, type Found } from "./plan.ts";
import type { WantedState } from "./wanted-state.ts";

export interface Step {
  readonly words: string;
  readonly run: () => Promise<unknown>;
}

/**
 * Calls to reserve: deactivate our hook, activate the other, and after an error reactivate ours.
 */
const callsForHooks = 3;

/** Returns the steps that undo `apply`. They deactivate its hooks, and delete nothing. */
export function stepsBack(org: Org, wanted: WantedState, found: Found, before: Before): Step[] {
  return [
    ...hookSteps(org, wanted, found, before),
    ...eventSteps(org, wanted, found),
    ...phoneSteps(org, found, before),
  ];
}

function hookSteps(
  org: Org,
  wanted: WantedState,
  { hooks }: Found,
  { activeHook }: Before,
): Step[] {
  const ours = ourHook(wanted, hooks);
  const now = hooks.find(({ status }) => status === "ACTIVE")?.id;
  const was = hooks.find(({ id }) => id === activeHook)?.id;
  if (now === was) return [];
  // If another administrator has activated another hook since then, that hook stays active.
  if (now !== undefined && now !== ours?.id) return [];
  return [
    {
      words: [
        ...(now === undefined ? [] : [`telephony hook ${now}: deactivate`]),
        ...(was === undefined ? [] : [`telephony hook ${was}: activate`]),
      ].join(", then "),
      async run() {
        await org.awaitRoomForHooks(now ?? was ?? "", callsForHooks);
        if (now !== undefined) await org.setHookStatus(now, "deactivate");
        if (was === undefined) return;
        await org.setHookStatus(was, "activate").catch(async (error: unknown) => {
          if (now !== undefined) await org.setHookStatus(now, "activate");
          throw error;
        });
      },
    },
  ];
}

function eventSteps(org: Org, { events }: WantedState, { eventHooks }: Found): Step[] {
  return eventHooks
    .filter(({ name, status }) => name === events?.name && status === "ACTIVE")
    .map(({ id }) => ({
      words: `event hook ${id}: deactivate`,
      run: () => org.eventHookLifecycle(id, "deactivate"),
    }));
}

function phoneSteps(org: Org, { phone }: Found, { phone: was }: Before): Step[] {
  if (phone === undefined) return [];
  const { id, name } = phone;
  const deactivate: Step[] =
    phone.status === "ACTIVE" && was?.status !== "ACTIVE"
      ? [{ words: "phone authenticator: deactivate", run: () => org.deactivatePhone(id) }]
      : [];
  if (was === undefined) return deactivate;
  // Switch methods on before others are switched off, because an active phone needs a method.
  const methods = was.methods
    .filter(
      ({ type, status }) => phone.methods.find((method) => method.type === type)?.status !== status,
    )
    .toSorted((one, two) => one.status.localeCompare(two.status))
    .map(({ type, status }) => ({
      words: `phone authenticator: switch ${type} ${status === "ACTIVE" ? "on" : "off"}`,
      run: () => org.setMethodStatus(id, type, status === "ACTIVE" ? "activate" : "deactivate"),
    }));
  const { allowedFor } = was;
  const allowed =
    allowedFor === undefined || allowedFor === phone.allowedFor
      ? []
      : [
          {
            words: "phone authenticator: change what it is allowed for",
            run: () => org.replacePhone(id, name, { allowedFor }),
          },
        ];
  return [...methods, ...allowed, ...deactivate];
}
