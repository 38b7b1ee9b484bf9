import { titleOf, wrongSecret } from "./describe-plan.ts";
import { changeEventHook } from "./event-hook-change.ts";
import { changeHook } from "./hook-change.ts";
import type { HookChanging } from "./hook-changing.ts";
import { wordsOf } from "./okta-error.ts";
import { isActive, isOurHook, wordsOfActive } from "./ours.ts";
import type { Plan } from "./plan.ts";
import { proofOf, verifyPatiently } from "./verify.ts";
import { waitOut } from "./waiting.ts";

/**
 * Makes the changes of the plan, and reads the org at the end. Throws if another hook is active
 * than the plan says, or if our hook does not work. If the event hook fails, the telephony hook
 * keeps its change, because sign-ins depend on it.
 */
export async function apply(plan: Plan, doing: HookChanging): Promise<void> {
  const { secrets, say, progress } = doing;
  const { hook, events, other, ours } = plan;
  let id = other === undefined ? ours?.id : undefined;
  if (hook !== undefined) {
    id = await changeHook(hook, plan, doing);
    say(`Done: ${titleOf(hook)}`);
  }
  const problems: string[] = [];
  for (const change of events)
    try {
      progress.step = `change the ${titleOf(change)}`;
      await changeEventHook(change, plan, doing, secrets.events);
      say(`Done: ${titleOf(change)}`);
    } catch (error) {
      problems.push(`The event hook could not be changed: ${wordsOf(error)}`);
      break;
    }
  try {
    say(await confirmOrg(id, plan, doing));
  } catch (error) {
    problems.push(wordsOf(error));
  }
  if (problems.length > 0) throw new Error(problems.join("\n"));
}

/** @param id of the hook that must be active, if there is one. */
async function confirmOrg(
  id: string | undefined,
  { leaves }: Plan,
  { org, wanted, usage, timing, progress }: HookChanging,
): Promise<string> {
  progress.step = "show which hook is active and works";
  const seen = id === undefined || leaves ? undefined : await verifyPatiently(org, id, timing);
  const active = (await waitOut(() => org.hooks(), timing)).find(isActive);
  const isLeft = !leaves || active === undefined || !isOurHook(wanted, active);
  if (id === undefined ? !isLeft : active?.id !== id)
    throw new Error(`Meanwhile, another person changed the org. ${wordsOfActive(active)}`);
  if (seen?.proved === false)
    throw new Error(`The hook is active but does not work: ${seen.words} ${wrongSecret(usage)}`);
  return `${wordsOfActive(active)}${seen === undefined ? "" : ` ${proofOf(seen)}`}`;
}
