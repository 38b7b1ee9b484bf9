import { setTimeout as sleep } from "node:timers/promises";
import type { Contestant, Name } from "../contestants.ts";
import { residentMb } from "../process-usage.ts";
import type { Stage } from "../stage.ts";
import { warmUp } from "./warm.ts";

export interface MemoryPlan {
  /** Resident size is read after each such part of the requests. */
  readonly requests: number;
  readonly parts: number;
}

export const memoryNames = ["ours", "tutorial-function", "floor"] as const satisfies Name[];

/** Resident size in MB after each part, by contestant. */
export async function measureMemory(
  stage: Stage,
  plan: MemoryPlan,
): Promise<Readonly<Record<string, number[]>>> {
  const contestants: Contestant[] = [];
  for (const name of memoryNames) contestants.push(await warmUp(stage, name, 1_000));
  const sizes = new Map(contestants.map(({ name }) => [name, [] as number[]]));
  for (let part = 0; part < plan.parts; part++) {
    for (const { name, url, pid } of contestants) {
      await stage.load({ url, connections: 20, requests: plan.requests });
      await sleep(1_000);
      sizes.get(name)?.push(residentMb(pid));
    }
    // The stand-in forgets what it was sent.
    await stage.azure();
  }
  for (const contestant of contestants) await contestant.stop();
  return Object.fromEntries(sizes);
}
