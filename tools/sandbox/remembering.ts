/** Maximum length of each list and map in a sandbox, because a sandbox can run for weeks. */
const remembered = 10_000;

export function remember<T>(list: T[], item: T): void {
  list.push(item);
  if (list.length > remembered) list.shift();
}

export function rememberBy<Key, Value>(map: Map<Key, Value>, key: Key, value: Value): void {
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > remembered && oldest !== undefined) map.delete(oldest);
}
