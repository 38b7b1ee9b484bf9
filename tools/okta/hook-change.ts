import type { HookChange } from "./changes.ts";
import { bodyOf, inlineHookBody } from "./hook-body.ts";
import { OktaError, wordsOf } from "./okta-error.ts";
import type { InlineHook, Org } from "./org.ts";
import { isActive, isOurHook } from "./ours.ts";
import type { Plan } from "./plan.ts";
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

/** Undoes the change if our hook worked before the change and fails after it. */
export async function changeHook(
  change: HookChange,
  { other: from, leaves }: Pick<Plan, "other" | "leaves">,
  doing: HookChanging,
): Promise<void> {
  const { org, wanted } = doing;
  if (change.do === "replace-hook" && isActive(change.hook))
    return replaceActive(change.hook, doing);
  const next = await prepare(change, doing);
  if (from === undefined) await next();
  else
    await switchHooks(doing, {
      from,
      next,
      isNext: (hook) => ("hook" in change ? hook.id === change.hook.id : isOurHook(wanted, hook)),
      whyBroken: async (id) => (leaves ? undefined : whyBroken(org, id)),
    });
}

/** The returned function makes a single call, to keep the time without an active hook short. */
async function prepare(change: HookChange, doing: HookChanging): Promise<() => Promise<string>> {
  const { org } = doing;
  if (change.do === "create-hook") return async () => (await org.createHook(bodyFor(doing))).id;
  const { hook } = change;
  if (change.do === "replace-hook") await org.replaceHook(hook.id, bodyFor(doing, hook));
  return async () => {
    await org.setHookStatus(hook.id, "activate");
    return hook.id;
  };
}

/** Changes the active hook in place, so a hook is active at all times. */
async function replaceActive(before: InlineHook, doing: HookChanging): Promise<void> {
  const { org, secrets } = doing;
  const { id } = before;
  const worked = (await whyBroken(org, id)) === undefined;
  await put(org, id, bodyFor(doing, before)).catch((error: unknown) => {
    // Okta does not document whether a PUT can change a hook's URL or authentication.
    if (!(error instanceof OktaError) || error.status !== 400) throw error;
    throw new Error(
      `${error.message} Nothing was changed. If Okta cannot change this hook, set another hook.name in okta.json and run activate.`,
    );
  });
  const words = worked ? await whyBroken(org, id) : undefined;
  if (words === undefined) return;
  const old = bodyOf(before, secrets.before ?? secrets.hook);
  const undone =
    old === undefined
      ? "The change cannot be undone, because Okta does not show the old secret."
      : await put(org, id, old).then(
          () => "The change was undone.",
          (error: unknown) => `Undoing the change failed: ${wordsOf(error)}`,
        );
  throw new Error(`The hook did not work after the change: ${words} ${undone}`);
}

function bodyFor({ wanted, secrets }: HookChanging, before?: InlineHook) {
  return inlineHookBody(wanted.hook, secrets.hook, before?.channel.config.headers);
}

/** If Okta's answer is unclear, repeats the PUT once. The hook can then be verified. */
function put(org: Org, id: string, body: object): Promise<unknown> {
  return org.replaceHook(id, body).catch((error: unknown) => {
    if (error instanceof OktaError && !error.refused) return org.replaceHook(id, body);
    throw error;
  });
}
