import { setTimeout as sleep } from "node:timers/promises";

/**
 * Waits for what a test needs before it goes on; a wait without an end would keep a failed run from
 * ending.
 */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + 120_000;
  while (!(await condition())) {
    if (performance.now() > end)
      throw new Error(`In two minutes it did not come about: ${condition.toString()}`);
    await sleep(10);
  }
}
