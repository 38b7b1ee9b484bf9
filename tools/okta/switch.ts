import { commandFor, wrongSecret } from "./describe-plan.ts";
import type { HookChanging } from "./hook-changing.ts";
import { catchInterruption } from "./interruption.ts";
import type { InlineHook } from "./org.ts";
import { isActive, labelOf, wordsOfActive } from "./ours.ts";
import { OktaError, wordsOf } from "./okta-error.ts";
import { verifyPatiently } from "./verify.ts";
import { waitOut } from "./waiting.ts";

export interface Switch {
  readonly from: InlineHook;
  /** Activates the next hook, and returns its id. */
  readonly next: (isStopped: () => boolean) => Promise<string>;
  /** Id of the next hook. Undefined if `next` creates the hook. */
  readonly nextId: string | undefined;
  /** True for another app's hook, which is not tested, because a test could send a code. */
  readonly isForeign?: boolean;
}

/**
 * Deactivates the hook `from` before the next hook becomes active, because Okta refuses a second
 * active telephony hook. If the switch fails or is interrupted, `from` is activated again. Returns
 * the id of the next hook.
 */
export async function switchHooks(doing: HookChanging, to: Switch): Promise<string> {
  const { org, usage, say, timing, progress } = doing;
  const { from, next, nextId, isForeign = false } = to;
  const wayBack = commandFor(`activate ${from.id}`, usage.environment);
  const found = (await org.hooks()).find(isActive);
  if (found?.id !== from.id)
    throw new Error(
      `Meanwhile, another person changed the org, so no hook was switched. ${wordsOfActive(found)}`,
    );
  say(`If this command stops halfway, run: ${wayBack}`);
  const interruption = catchInterruption(say);
  const start = timing.elapsed();
  const gap = () => `No hook was active for ${((timing.elapsed() - start) / 1000).toFixed(1)} s.`;
  // The way back must not deactivate a hook that another person has made work.
  let mine: string | undefined;
  try {
    progress.step = `deactivate ${labelOf(from)}`;
    await org.setHookStatus(from.id, "deactivate");
    progress.active = wordsOfActive(undefined);
    interruption.check();
    progress.step = "activate the other hook";
    mine = await next(interruption.isStopped).catch((error: unknown) => {
      if (!(error instanceof OktaError && error.refused)) mine = nextId;
      throw error;
    });
    progress.step = "test the hook that is active now";
    progress.active = "The hook is active, but not tested.";
    say(gap());
    interruption.check();
    const { isStopped } = interruption;
    const seen = isForeign ? undefined : await verifyPatiently(org, mine, timing, isStopped);
    interruption.check();
    if (seen?.proved === false)
      throw new Error(`The hook does not work: ${seen.words} ${wrongSecret(usage)}.`);
    return mine;
  } catch (error) {
    const stops = interruption.stops();
    const isStopped = () => interruption.stops() > stops;
    const back = await goBack(doing, from, mine, gap, isStopped).catch(
      () => `THE ORG MAY HAVE NO ACTIVE TELEPHONY HOOK. Run: ${wayBack}`,
    );
    throw new Error(`${wordsOf(error)} ${back}`);
  } finally {
    interruption.end();
  }
}

/** Okta's answer to a call can be lost, so each attempt first reads the org. */
async function goBack(
  { org, timing, progress, usage }: HookChanging,
  from: InlineHook,
  mine: string | undefined,
  gap: () => string,
  isStopped: () => boolean,
): Promise<string> {
  let isTouched = false;
  progress.step = `activate ${labelOf(from)} again`;
  const attempt = async (): Promise<string> => {
    const hooks = await org.hooks();
    const active = hooks.find(isActive);
    progress.active = wordsOfActive(active);
    if (active?.id === from.id)
      return `${labelOf(from)} is active${isTouched ? ` again. ${gap()}` : ", as before."}`;
    if (active !== undefined && active.id !== mine)
      return `Meanwhile, another person activated ${labelOf(active)}. This hook stays active.`;
    if (!hooks.some(({ id }) => id === from.id))
      return `${labelOf(from)} no longer exists. ${wordsOfActive(active)} To choose a hook that exists, run: ${commandFor('activate "NAME OR ID"', usage.environment)}. ${hooks.map(labelOf).join("; ")}`;
    if (active !== undefined) await org.setHookStatus(active.id, "deactivate");
    isTouched = true;
    await org.setHookStatus(from.id, "activate");
    return attempt();
  };
  return waitOut(attempt, timing, { isStopped, attempts: 3 });
}
