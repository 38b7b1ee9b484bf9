import { setTimeout as sleep } from "node:timers/promises";

/**
 * Waits for what a test needs before it goes on. It gives up before jest's limit for a test, so that
 * a failure says what the test waited for.
 */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + 50_000;
  while (!(await condition())) {
    if (performance.now() > end)
      throw new Error(`It did not come about in 50 s: ${condition.toString()}`);
    await sleep(10);
  }
}
