import { countriesOf } from "../delivery/phone-number.ts";
import type { CodeFacts, Group, GuardSettings } from "./guarded-code.ts";

/** The operator's numbers for a country. `any` is set if at least one country has numbers. */
export type GivenNumbers = Readonly<
  Record<Group | "allOthers" | "calls" | "budget" | "any", number | undefined>
>;

/** The country or calling code in which a code counts, with the operator's numbers for it. */
export interface Place {
  /** Country, or the calling code with `+` if the country is not known. */
  readonly country: string;
  readonly given: GivenNumbers;
  /** The number may be in any country that shares its calling code. */
  readonly uncertain: boolean;
  /** True if this country is not configured while other countries are. */
  readonly unnamed: boolean;
}

/** Returns a function that finds a code's place. It caches the places: there are a few hundred. */
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
