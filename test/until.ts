import { setTimeout as sleep } from "node:timers/promises";

/**
 * Waits until the condition holds. After 150 s, before jest's own limit for a test, it throws an
 * error that quotes the condition.
 */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + 150_000;
  while (!(await condition())) {
    if (performance.now() > end)
      throw new Error(`This condition did not hold within 150 s: ${condition.toString()}`);
    await sleep(10);
  }
}
