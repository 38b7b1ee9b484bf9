import { countriesOf } from "../rules/phone-number.ts";
import type { CodeFacts, GuardSettings } from "./guarded-code.ts";

/** The operator's numbers for a country. `any` is set if at least one country has numbers. */
export type CountryLimits = ReturnType<ReturnType<typeof createCountries>>["limits"];

/** Returns a function that finds the country in which a code counts, and caches it. */
export function createCountries({ countryLimits, countryBudget, hasAllowList }: GuardSettings) {
  const named = new Set([...countryLimits.keys(), ...countryBudget.keys()]);
  const any = named.size > 0 ? 1 : undefined;
  named.delete("*");
  const found = new Map<string, ReturnType<typeof find>>();

  function find(written: string) {
    const shared: readonly string[] = written.startsWith("+") ? countriesOf(written.slice(1)) : [];
    const uncertain = shared.length > 0 && !named.has(written);
    const planned = uncertain ? [...named].find((country) => shared.includes(country)) : undefined;
    const country = planned ?? written;
    const { enrollments, recoveries, others, calls } = {
      ...countryLimits.get("*"),
      ...countryLimits.get(country),
    };
    const limits = {
      enrollments: enrollments?.day,
      recoveries: recoveries?.day,
      others: others?.day,
      allOthers: others?.all,
      calls,
      budget: countryBudget.get(country) ?? countryBudget.get("*"),
      any,
    };
    /** Other countries are configured, and this one is not. */
    const unnamed = (hasAllowList || named.size > 0) && !named.has(country);
    return { country, limits, uncertain, unnamed };
  }

  return ({ country }: Pick<CodeFacts, "country">) => {
    const known = found.get(country) ?? find(country);
    found.set(country, known);
    return known;
  };
}
