/** Random numbers. The same seed gives the same numbers on every machine. */
export interface Random {
  /** At least 0 and below 1. */
  share(): number;
  /** A whole number, at least 0 and below `count`. */
  below(count: number): number;
  between(least: number, most: number): number;
}

/** The generator mulberry32, which is good enough for traffic. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const share = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    share,
    below: (count) => Math.floor(share() * count),
    between: (least, most) => least + share() * (most - least),
  };
}
