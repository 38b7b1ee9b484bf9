import { countriesOf } from "../delivery/phone-number.ts";
import type { CodeFacts, Group, GuardSettings } from "./guarded-code.ts";

/** The operator's numbers for a country; `any` is defined if any country has some. */
export type GivenNumbers = Readonly<
  Record<Group | "allOthers" | "calls" | "budget" | "any", number | undefined>
>;

/** Where a code counts: a country or calling code, and the operator's numbers for it. */
export interface Place {
  /** Country. If it is not known, calling code with `+`. */
  readonly country: string;
  readonly given: GivenNumbers;
  /** The number may be in any country that shares its calling code. */
  readonly uncertain: boolean;
  /** Other countries are allowed or have numbers, and this one has none. */
  readonly unnamed: boolean;
}

/** Returns a function from a code to its place. Places are kept, because there are a few hundred. */
export function createPlaces({ countryLimits, countryBudget, hasAllowList }: GuardSettings) {
  const named = new Set([...countryLimits.keys(), ...countryBudget.keys()]);
  const any = named.size > 0 ? 1 : undefined;
  named.delete("*");
  const places = new Map<string, Place>();

  function find(written: string): Place {
    const shared: readonly string[] = written.startsWith("+") ? countriesOf(written.slice(1)) : [];
    const uncertain = shared.length > 0 && !named.has(written);
    const planned = [...named].find((country) => shared.includes(country));
    const country = (uncertain ? planned : undefined) ?? written;
    const { enrollments, recoveries, others, calls } = {
      ...countryLimits.get("*"),
      ...countryLimits.get(country),
    };
    const given = {
      enrollments: enrollments?.day,
      recoveries: recoveries?.day,
      others: others?.day,
      allOthers: others?.all,
      calls,
      budget: countryBudget.get(country) ?? countryBudget.get("*"),
      any,
    };
    const unnamed = (hasAllowList || named.size > 0) && !named.has(country);
    return { country, given, uncertain, unnamed };
  }

  return ({ country }: Pick<CodeFacts, "country">): Place => {
    const place = places.get(country) ?? find(country);
    places.set(country, place);
    return place;
  };
}
