import type { Before } from "./before.ts";
import type { Org } from "./org.ts";
import { ourHook, type Found } from "./plan.ts";
import type { WantedState } from "./wanted-state.ts";

/** One thing to put back. */
export interface Step {
  readonly words: string;
  readonly run: () => Promise<unknown>;
}

/** Deactivate ours, activate the other, and, on an error, activate ours again. */
const callsForHooks = 3;

/**
 * What puts the org back as it was before `apply`. Ours is deactivated and stays, because nothing
 * is ever deleted.
 */
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
  // Somebody has made another one active since: that is not ours to undo.
  if (now !== undefined && now !== ours?.id) return [];
  return [
    {
      words: `telephony hook${now === undefined ? "" : ` ${now}: deactivate it`}${was === undefined ? "" : `; ${was}: activate it`}`,
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
      words: `event hook ${id}: deactivate it`,
      run: () => org.eventHookLifecycle(id, "deactivate"),
    }));
}

function phoneSteps(org: Org, { phone }: Found, { phone: was }: Before): Step[] {
  if (phone === undefined) return [];
  const { id, name } = phone;
  const deactivate: Step[] =
    phone.status === "ACTIVE" && was?.status !== "ACTIVE"
      ? [{ words: "phone authenticator: deactivate it", run: () => org.deactivatePhone(id) }]
      : [];
  if (was === undefined) return deactivate;
  // What was on comes first, so that an active phone is never without a method.
  const methods = was.methods
    .filter(
      ({ type, status }) => phone.methods.find((method) => method.type === type)?.status !== status,
    )
    .toSorted((one, two) => one.status.localeCompare(two.status))
    .map(({ type, status }) => ({
      words: `phone authenticator: ${type} ${status === "ACTIVE" ? "on" : "off"}`,
      run: () => org.setMethodStatus(id, type, status === "ACTIVE" ? "activate" : "deactivate"),
    }));
  const { allowedFor } = was;
  const allowed =
    allowedFor === undefined || allowedFor === phone.allowedFor
      ? []
      : [
          {
            words: "phone authenticator: what it is allowed for",
            run: () => org.replacePhone(id, name, { allowedFor }),
          },
        ];
  return [...methods, ...allowed, ...deactivate];
}
