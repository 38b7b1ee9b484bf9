import { setTimeout as sleep } from "node:timers/promises";
import type { Contestant, Name } from "../contestants.ts";
import type { Stage } from "../stage.ts";
import { median } from "../statistics.ts";
import { successfulMs } from "./hanging.ts";

export interface Idle {
  /** The first hook after warm-up, what one after a silence is compared with. */
  readonly firstMs: number;
  /** The ten that follow it. */
  readonly warmMs: number;
  /**
   * The first hook after a silence, by its seconds; the median of all copies and times. Infinite:
   * it failed.
   */
  readonly afterSilenceMs: Readonly<Record<number, number>>;
}

export const idleNames = ["ours", "floor", "tutorial"] as const satisfies Name[];

/**
 * Of each contestant, since one silence gives one measurement to each process, and one is no
 * measure.
 */
const copies = 3;

/**
 * Over TLS, as to the real 8x8, since a connection that has to be made anew is what a silence can
 * cost.
 */
export async function measureIdle(
  stage: Stage,
  silences: readonly number[],
): Promise<Readonly<Record<string, Idle>>> {
  const contestants: Contestant[] = [];
  for (let copy = 0; copy < copies; copy++)
    for (const name of idleNames) contestants.push(await stage.start(name, "https"));
  for (const { url } of contestants) await stage.load({ url, connections: 5, requests: 1_000 });
  const hook = async ({ url }: Contestant): Promise<number> => {
    const answered = await stage.load({ url, connections: 1, requests: 1 });
    // What a hook sets off afterwards must not meet the next contestant's.
    await sleep(500);
    return successfulMs(answered);
  };

  const first = new Map(idleNames.map((name): [Name, number[]] => [name, []]));
  for (const contestant of contestants) first.get(contestant.name)?.push(await hook(contestant));
  const warm = new Map(idleNames.map((name): [Name, number[]] => [name, []]));
  for (let turn = 0; turn < 10; turn++)
    for (const contestant of contestants) warm.get(contestant.name)?.push(await hook(contestant));
  const after = new Map(
    idleNames.map((name): [Name, Map<number, number[]>] => [name, new Map<number, number[]>()]),
  );
  for (const seconds of silences) {
    await sleep(seconds * 1_000);
    for (const contestant of contestants) {
      const bySilence = after.get(contestant.name);
      bySilence?.set(seconds, [...(bySilence.get(seconds) ?? []), await hook(contestant)]);
    }
  }
  for (const contestant of contestants) await contestant.stop();
  return Object.fromEntries(
    idleNames.map((name): [Name, Idle] => [
      name,
      {
        firstMs: median(first.get(name) ?? []),
        warmMs: median(warm.get(name) ?? []),
        afterSilenceMs: Object.fromEntries(
          [...(after.get(name) ?? [])].map(([seconds, ms]) => [seconds, median(ms)]),
        ),
      },
    ]),
  );
}
