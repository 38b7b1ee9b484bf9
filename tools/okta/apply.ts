import { titleOf } from "./describe-plan.ts";
import { changeEventHook } from "./event-hook-change.ts";
import { changeHook, switchToOurs, type HookChanging } from "./hook-change.ts";
import { wordsOf } from "./okta-error.ts";
import { ourHook } from "./ours.ts";
import type { Plan } from "./plan.ts";
import { confirmHook } from "./verify.ts";

/**
 * Makes the plan's changes, and verifies the hook last. A failed event hook does not undo the
 * telephony hook, which people wait for, and is reported at the end.
 */
export async function apply(plan: Plan, doing: HookChanging): Promise<void> {
  const { org, secrets, say } = doing;
  const { hook, events, other } = plan;
  if (hook !== undefined) {
    await (other === undefined ? changeHook(hook, doing) : switchToOurs(other, hook, doing));
    say(`Done: ${titleOf(hook)}`);
  }
  const problems: string[] = [];
  for (const change of events)
    try {
      await changeEventHook(change, plan, org, secrets.events);
      say(`Done: ${titleOf(change)}`);
    } catch (error) {
      problems.push(`The event hook is not as in okta.json: ${wordsOf(error)}`);
      break;
    }
  if (hook !== undefined || other === undefined)
    await verifyOurs(doing).catch((error: unknown) => problems.push(wordsOf(error)));
  if (problems.length > 0) throw new Error(problems.join("\n"));
}

async function verifyOurs({ org, wanted, say }: HookChanging): Promise<void> {
  const hook = ourHook(wanted, await org.hooks());
  if (hook === undefined) throw new Error("The org has no telephony hook for this app.");
  try {
    say(await confirmHook(org, hook.id));
  } catch (error) {
    throw new Error(
      `The hook is active but does not work: ${wordsOf(error)} If the secret is wrong, run apply --give-secrets.`,
    );
  }
}
