/** How many items of each kind a sandbox keeps, so that one that runs for weeks does not grow. */
const remembered = 10_000;

/** Adds to a list, from which the oldest goes where there are too many. */
export function remember<T>(list: T[], item: T): void {
  list.push(item);
  if (list.length > remembered) list.shift();
}

/** The same for a map. */
export function rememberBy<Key, Value>(map: Map<Key, Value>, key: Key, value: Value): void {
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > remembered && oldest !== undefined) map.delete(oldest);
}
