import { titleOf } from "./describe-plan.ts";
import { changeEventHook } from "./event-hook-change.ts";
import { changeHook, type HookChanging } from "./hook-change.ts";
import { wordsOf } from "./okta-error.ts";
import { ourHook } from "./ours.ts";
import type { Plan } from "./plan.ts";
import { confirmHook } from "./verify.ts";

/** If the event hook fails, the telephony hook keeps its change, because sign-ins depend on it. */
export async function apply(plan: Plan, doing: HookChanging): Promise<void> {
  const { org, wanted, secrets, say } = doing;
  const { hook, events, other, leaves } = plan;
  if (hook !== undefined) {
    await changeHook(hook, plan, doing);
    say(`Done: ${titleOf(hook)}`);
  }
  const problems: string[] = [];
  for (const change of events)
    try {
      await changeEventHook(change, plan, org, secrets.events);
      say(`Done: ${titleOf(change)}`);
    } catch (error) {
      problems.push(`The event hook could not be changed: ${wordsOf(error)}`);
      break;
    }
  if (!leaves && (hook !== undefined || other === undefined))
    try {
      const { id } = ourHook(wanted, await org.hooks()) ?? { id: "" };
      say(await confirmHook(org, id));
    } catch (error) {
      problems.push(
        `The hook is active but does not work: ${wordsOf(error)} If the secret is wrong, run apply --give-secrets.`,
      );
    }
  if (problems.length > 0) throw new Error(problems.join("\n"));
}
