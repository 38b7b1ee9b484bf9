import { setTimeout as sleep } from "node:timers/promises";

const stepMs = 30_000;

/** Prints every 30 s how many seconds are left. A wait of at most 10 s prints nothing. */
export async function waitAloud(
  ms: number,
  say: (line: string) => void,
  wait: (ms: number) => Promise<unknown> = sleep,
): Promise<void> {
  for (let left = ms; left > 0; left -= stepMs) {
    if (ms > 10_000) say(`Waiting ${Math.ceil(left / 1000)} s.`);
    await wait(Math.min(left, stepMs));
  }
}
