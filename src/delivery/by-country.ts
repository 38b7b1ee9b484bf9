import type { PhoneNumber } from "./phone-number.ts";

/**
 * What is set for each country. The keys: an ISO code; `+` and a calling code, for its numbers whose country nobody
 * knows; `*`, for the rest.
 */
export type ByCountry<Value> = ReadonlyMap<string, Value>;

/** Undefined where nothing is set for the number, not even for the rest. */
export function findFor<Value>(
  map: ByCountry<Value>,
  { country, callingCode }: Pick<PhoneNumber, "country" | "callingCode">,
): Value | undefined {
  const own = country ?? `+${callingCode}`;
  return map.get(map.has(own) ? own : "*");
}
