import type { HookChange } from "./changes.ts";
import { commandFor } from "./describe-plan.ts";
import { bodyOf, inlineHookBody } from "./hook-body.ts";
import { OktaError, wordsOf } from "./okta-error.ts";
import type { InlineHook, Org } from "./org.ts";
import { isActive, isOurHook } from "./ours.ts";
import type { Secrets } from "./secrets.ts";
import { switchHooks } from "./switch.ts";
import { whyBroken } from "./verify.ts";
import type { WantedState } from "./wanted-state.ts";

export interface HookChanging {
  readonly org: Org;
  readonly wanted: WantedState;
  readonly environment: string;
  readonly secrets: Secrets;
  readonly say: (line: string) => void;
}

/** Creates, changes or activates our hook. If it worked and fails after a change, undoes that. */
export async function changeHook(change: HookChange, doing: HookChanging): Promise<void> {
  if (change.do === "replace-hook" && isActive(change.hook))
    await replaceActive(change.hook, doing);
  else await (await prepare(change, doing))();
}

/** Switches from somebody else's active hook to ours. */
export async function switchToOurs(
  from: InlineHook,
  change: HookChange,
  doing: HookChanging,
): Promise<void> {
  const { org, wanted, environment, say } = doing;
  await switchHooks({
    org,
    from,
    next: await prepare(change, doing),
    isNext: (hook) => isOurHook(wanted, hook),
    whyBroken: (id) => whyBroken(org, id),
    wayBack: commandFor(`activate ${from.id}`, environment),
    say,
  });
}

/** Changes an inactive hook, and returns the one call that makes our hook active. */
async function prepare(change: HookChange, doing: HookChanging): Promise<() => Promise<string>> {
  const { org } = doing;
  const create = async () => (await org.createHook(bodyFor(doing))).id;
  if (change.do === "create-hook") return create;
  const { hook } = change;
  if (change.do === "replace-hook")
    try {
      await org.replaceHook(hook.id, bodyFor(doing, hook));
    } catch (error) {
      if (isRefusedAsSent(error)) return create;
      throw error;
    }
  return async () => {
    await org.setHookStatus(hook.id, "activate");
    return hook.id;
  };
}

/** Changes the hook in place, without a gap. If Okta refuses, a new hook replaces it. */
async function replaceActive(before: InlineHook, doing: HookChanging): Promise<void> {
  const { org, wanted, environment, secrets, say } = doing;
  const { id } = before;
  const worked = (await whyBroken(org, id)) === undefined;
  const broken = async (now: string) => (worked ? whyBroken(org, now) : undefined);
  try {
    await put(org, id, bodyFor(doing, before));
  } catch (error) {
    if (!isRefusedAsSent(error)) throw error;
    say("Okta refused to change the hook in place. A new hook replaces it.");
    return switchHooks({
      org,
      from: before,
      next: async () => (await org.createHook(bodyFor(doing, before))).id,
      isNext: (hook) => hook.id !== id && isOurHook(wanted, hook),
      whyBroken: broken,
      wayBack: commandFor(`activate ${id}`, environment),
      say,
    });
  }
  const words = await broken(id);
  if (words === undefined) return;
  const old = bodyOf(before, secrets.before ?? secrets.hook);
  const undone =
    old === undefined
      ? "The change cannot be undone, because Okta does not show the old secret."
      : await put(org, id, old).then(
          () => "The change was undone.",
          (error: unknown) => `Undoing the change failed: ${wordsOf(error)}`,
        );
  const still = await whyBroken(org, id);
  throw new Error(
    `The hook did not work after the change: ${words} ${undone}${still === undefined ? "" : ` The hook does not work now: ${still}`}`,
  );
}

function bodyFor({ wanted, secrets }: HookChanging, before?: InlineHook) {
  return inlineHookBody(wanted.hook, secrets.hook, before?.channel.config.headers);
}

/** If Okta's answer is unclear, repeats the PUT, so that its result can be verified. */
function put(org: Org, id: string, body: object): Promise<unknown> {
  return org.replaceHook(id, body).catch((error: unknown) => {
    if (error instanceof OktaError && !error.refused) return org.replaceHook(id, body);
    throw error;
  });
}

/** Okta does not document whether it accepts a new URL or authentication for an existing hook. */
function isRefusedAsSent(error: unknown): boolean {
  return error instanceof OktaError && error.status === 400;
}
