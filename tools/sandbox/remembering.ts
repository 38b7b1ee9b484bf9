/** Items that a sandbox keeps of each kind. A sandbox can run for weeks. */
const remembered = 10_000;

/** Adds to a list, and drops the oldest item above the limit. */
export function remember<T>(list: T[], item: T): void {
  list.push(item);
  if (list.length > remembered) list.shift();
}

/** Sets a key of a map, and drops the oldest key above the limit. */
export function rememberBy<Key, Value>(map: Map<Key, Value>, key: Key, value: Value): void {
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > remembered && oldest !== undefined) map.delete(oldest);
}
