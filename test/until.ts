import { setTimeout as sleep } from "node:timers/promises";

/** Throws after 150 s, because jest's own timeout after 180 s would not report the condition. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + 150_000;
  while (!(await condition())) {
    if (performance.now() > end)
      throw new Error(`This condition was not true within 150 s: ${condition.toString()}`);
    await sleep(10);
  }
}
