import { setTimeout as sleep } from "node:timers/promises";
import { labelOf } from "./describe-plan.ts";
import { catchInterruption } from "./interruption.ts";
import type { InlineHook, Org } from "./org.ts";
import { isActive } from "./ours.ts";
import { wordsOf } from "./okta-error.ts";

export interface Switch {
  readonly org: Org;
  /** The hook that is active now. */
  readonly from: InlineHook;
  /** Creates or activates the next hook, and returns its id. */
  readonly next: () => Promise<string>;
  readonly isNext: (hook: InlineHook) => boolean;
  /** Returns why the next hook does not work, or undefined if it does. */
  readonly whyBroken: (id: string) => Promise<string | undefined>;
  /** Command that activates `from` again. */
  readonly wayBack: string;
  readonly say: (line: string) => void;
}

/** Calls to reserve in the rate limit: one for each hook, and as many to undo both. */
const callsOfASwitch = 6;

/**
 * Okta refuses a second active telephony hook, so the first is deactivated before the next is
 * active. If a call fails, the next hook does not work or the run is interrupted, the first is
 * activated again.
 */
export async function switchHooks(doing: Switch): Promise<void> {
  const { org, from, next, whyBroken, wayBack, say } = doing;
  await org.awaitRoomForHooks(from.id, callsOfASwitch);
  say(`If this stops halfway, run: ${wayBack}`);
  const interruption = catchInterruption(say);
  const start = performance.now();
  const gap = () => `No hook was active for ${((performance.now() - start) / 1000).toFixed(1)} s.`;
  try {
    await org.setHookStatus(from.id, "deactivate");
    interruption.check();
    const id = await next();
    say(gap());
    interruption.check();
    const broken = await whyBroken(id);
    if (broken !== undefined) throw new Error(`The hook does not work: ${broken}`);
    interruption.check();
  } catch (error) {
    throw new Error(`${wordsOf(error)} ${await goBack(doing, gap)}`);
  } finally {
    interruption.end();
  }
}

/** Returns what is active now. An answer can be lost, so each attempt first looks at the org. */
async function goBack({ org, from, isNext, wayBack }: Switch, gap: () => string): Promise<string> {
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    try {
      const active = (await org.hooks()).find(isActive);
      if (active?.id === from.id) return `${labelOf(from)} is active, as before.`;
      if (active !== undefined && !isNext(active))
        return `Meanwhile, somebody activated ${labelOf(active)}, which stays active.`;
      if (active !== undefined) await org.setHookStatus(active.id, "deactivate");
      await org.setHookStatus(from.id, "activate");
      return `${labelOf(from)} is active again. ${gap()}`;
    } catch {
      await sleep(300);
    }
  }
  return `THE ORG MAY HAVE NO ACTIVE TELEPHONY HOOK. Run: ${wayBack}`;
}
