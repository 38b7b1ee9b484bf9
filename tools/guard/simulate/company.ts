import type { Random } from "./random.ts";

export interface Person {
  readonly phoneKey: string;
  readonly userKey: string;
  readonly range: string;
  /** Country, or the calling code with `+` if the country is unknown. */
  readonly country: string;
  /** Whether the person prefers voice calls. */
  readonly calls?: boolean;
}

export interface Country {
  readonly country: string;
  readonly callingCode: string;
  readonly weight: number;
}

export const largest = { country: "GB", callingCode: "+44", weight: 40 };
/** A country without employees before a merger. */
export const newCountry = { country: "MX", callingCode: "+52", weight: 0 };
const countries: readonly Country[] = [
  largest,
  { country: "US", callingCode: "+1", weight: 25 },
  { country: "DE", callingCode: "+49", weight: 15 },
  { country: "SG", callingCode: "+65", weight: 8 },
  { country: "IN", callingCode: "+91", weight: 6 },
  { country: "FR", callingCode: "+33", weight: 3 },
  { country: "BR", callingCode: "+55", weight: 2 },
  { country: "JP", callingCode: "+81", weight: 1 },
];

const peopleOfACode = 0.6;
const callsShare = 0.12;
const companyNumbersShare = 0.6;
const peopleInACompanyRange = 400;
const publicRanges = 2_000;

/** Returns a range of public numbers, which the company did not buy. */
export function publicRange(index: number, { callingCode } = largest): string {
  return `${callingCode}${700_000 + index}`;
}

export interface Company {
  /** Countries sorted by number of people, largest first. */
  readonly countries: readonly Country[];
  /** The country with the fewest people. */
  readonly smallest: Country;
  /** Returns a random existing employee. */
  anyone(): Person;
  /** @param within The new employee's country. Default: random, weighted by number of people. */
  hire(within?: Country): Person;
}

/**
 * Creates people in one to eight countries. 60 % have a number in a range that the company bought.
 */
export function createCompany(codesPerDay: number, count: number, random: Random): Company {
  const own = countries.slice(0, count);
  const allWeights = own.reduce((sum, { weight }) => sum + weight, 0);
  const size = Math.round(codesPerDay * peopleOfACode);
  let hired = 0;

  function companyRange({ callingCode, weight }: Country): string {
    const inCountry = (size * weight) / allWeights;
    const ranges = Math.max(
      1,
      Math.round((inCountry * companyNumbersShare) / peopleInACompanyRange),
    );
    return `${callingCode}${800_000 + random.below(ranges)}`;
  }

  function hire(within = anyCountry()): Person {
    hired += 1;
    const hasCompanyNumber = random.share() < companyNumbersShare;
    return {
      phoneKey: `phone ${hired}`,
      userKey: `user ${hired}`,
      range: hasCompanyNumber
        ? companyRange(within)
        : publicRange(random.below(publicRanges), within),
      country: within.country,
      calls: random.share() < callsShare,
    };
  }

  function anyCountry(): Country {
    let left = random.share() * allWeights;
    return own.find(({ weight }) => (left -= weight) < 0) ?? largest;
  }

  const people = Array.from({ length: size }, () => hire());
  return {
    countries: own,
    smallest: own.at(-1) ?? largest,
    anyone: () => people[random.below(people.length)] ?? hire(),
    hire,
  };
}
