import type { Random } from "./random.ts";

export interface Person {
  readonly phoneKey: string;
  readonly userKey: string;
  readonly range: string;
  readonly country: string;
}

interface Country {
  readonly country: string;
  readonly callingCode: string;
  readonly share: number;
}

export const largest = { country: "GB", callingCode: "+44", share: 0.4 };
const countries: readonly Country[] = [
  largest,
  { country: "US", callingCode: "+1", share: 0.25 },
  { country: "DE", callingCode: "+49", share: 0.15 },
  { country: "SG", callingCode: "+65", share: 0.12 },
  { country: "IN", callingCode: "+91", share: 0.08 },
];

const companyNumbersShare = 0.6;
const peopleInACompanyRange = 400;
const publicRanges = 2_000;

/** A range of the numbers that anybody may have. */
export function publicRange(index: number, { callingCode } = largest): string {
  return `${callingCode}${700_000 + index}`;
}

export interface Company {
  /** Somebody who has worked here for long. */
  anyone(): Person;
  /** One that the company bought in the largest country. */
  rangeOfIts(): string;
  /** @param within The country; otherwise by the shares of the countries. */
  hire(within?: Country): Person;
}

/** People of five countries, 60 % of them with a number of a range that the company bought. */
export function createCompany(size: number, random: Random): Company {
  let hired = 0;

  function rangeOfIts({ callingCode, share } = largest): string {
    const companyRanges = Math.max(
      1,
      Math.round((size * share * companyNumbersShare) / peopleInACompanyRange),
    );
    return `${callingCode}${800_000 + random.below(companyRanges)}`;
  }

  function hire(within = anyCountry()): Person {
    hired += 1;
    const range =
      random.share() < companyNumbersShare
        ? rangeOfIts(within)
        : publicRange(random.below(publicRanges), within);
    return { phoneKey: `phone ${hired}`, userKey: `user ${hired}`, range, country: within.country };
  }

  function anyCountry(): Country {
    let left = random.share();
    return countries.find(({ share }) => (left -= share) < 0) ?? largest;
  }

  const people = Array.from({ length: size }, () => hire());
  return {
    anyone: () => people[random.below(people.length)] ?? hire(),
    rangeOfIts: () => rangeOfIts(),
    hire,
  };
}
