type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** One seed gives one sequence of numbers from 0 to below 1 (mulberry32), so that a failure can be repeated. */
export function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** `count` copies of the samples, each changed in one to four places: another value, a value too few or too many. */
export function* mutate(samples: readonly unknown[], values: readonly unknown[], count: number, seed: number) {
  const random = createRandom(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;

  function change(json: Json): Json {
    if (typeof json !== "object" || json === null || random() < 0.1) return structuredClone(pick(values)) as Json;
    const names = Object.keys(json);
    const name = random() < 0.1 ? pick(["", "code", "extra", "toString"]) : (pick(names) as string | undefined);
    if (name === undefined) return pick(values) as Json;
    const object = json as Record<string, Json>;
    if (random() < 0.15) Reflect.deleteProperty(object, name);
    else object[name] = change(object[name] ?? null);
    return json;
  }

  for (let made = 0; made < count; made++) {
    let json = structuredClone(pick(samples)) as Json;
    for (let changes = Math.ceil(random() * 4); changes > 0; changes--) json = change(json);
    yield JSON.parse(JSON.stringify(json)) as unknown;
  }
}
