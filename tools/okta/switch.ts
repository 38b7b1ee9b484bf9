import { setTimeout as sleep } from "node:timers/promises";
import { commandFor, labelOf } from "./describe-plan.ts";
import type { HookChanging } from "./hook-change.ts";
import { catchInterruption } from "./interruption.ts";
import type { InlineHook, Org } from "./org.ts";
import { isActive } from "./ours.ts";
import { wordsOf } from "./okta-error.ts";

export interface Switch {
  readonly from: InlineHook;
  readonly next: () => Promise<string>;
  readonly isNext: (hook: InlineHook) => boolean;
  readonly whyBroken: (id: string) => Promise<string | undefined>;
}

/**
 * Deactivates the hook `from` before the next hook becomes active, because Okta refuses a second
 * active telephony hook. If the switch fails or is interrupted, `from` is activated again.
 */
export async function switchHooks(doing: HookChanging, to: Switch): Promise<void> {
  const { org, environment, say } = doing;
  const { from, next, whyBroken } = to;
  const wayBack = commandFor(`activate ${from.id}`, environment);
  say(`If this command stops halfway, run: ${wayBack}`);
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
    const back = await goBack(org, to, gap);
    throw new Error(
      `${wordsOf(error)} ${back ?? `THE ORG MAY HAVE NO ACTIVE TELEPHONY HOOK. Run: ${wayBack}`}`,
    );
  } finally {
    interruption.end();
  }
}

/** Okta's answer to a call can be lost, so each attempt first reads the org. */
async function goBack(org: Org, { from, isNext }: Switch, gap: () => string) {
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    try {
      const active = (await org.hooks()).find(isActive);
      if (active?.id === from.id) return `${labelOf(from)} is active, as before.`;
      if (active !== undefined && !isNext(active))
        return `Meanwhile, another person activated ${labelOf(active)}. This hook stays active.`;
      if (active !== undefined) await org.setHookStatus(active.id, "deactivate");
      await org.setHookStatus(from.id, "activate");
      return `${labelOf(from)} is active again. ${gap()}`;
    } catch {
      await sleep(300);
    }
  }
  return undefined;
}
