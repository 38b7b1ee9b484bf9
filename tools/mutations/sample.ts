import { createRandom } from "../guard/simulate/random.ts";

/**
 * All of them in an order that the seed decides: one of each group first, then the next of each.
 */
export function inRounds<T>(
  all: readonly T[],
  groupOf: (one: T) => string,
  seed: number,
): readonly T[] {
  const random = createRandom(seed);
  const shuffled = all
    .map((one) => ({ one, at: random.share() }))
    .sort((a, b) => a.at - b.at)
    .map(({ one }) => one);
  const groups = [...Map.groupBy(shuffled, groupOf).values()];
  const longest = Math.max(0, ...groups.map((group) => group.length));
  return Array.from({ length: longest }, (_, round) =>
    groups.flatMap((group) => group.slice(round, round + 1)),
  ).flat();
}
