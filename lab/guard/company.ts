import type { GuardedCode } from "../../src/guard/guard.ts";
import type { Random } from "./random.ts";

export type Person = Omit<GuardedCode, "requestType">;

export interface Company {
  /** Somebody who has worked here for long. */
  anyone(): Person;
  newcomer(): Person;
}

interface Country {
  readonly country: string;
  readonly callingCode: string;
  readonly share: number;
}

/** The most people are where the slow pump goes: there a guard has the least to see. */
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
export function publicRange({ callingCode }: Pick<Country, "callingCode">, index: number): string {
  return `${callingCode}${700_000 + index}`;
}

/** People of five countries, 60 % of them with a number of a range that the company bought. */
export function createCompany(size: number, random: Random): Company {
  let count = 0;

  function hire(): Person {
    count += 1;
    const { country, callingCode, share } = anyCountry();
    const companyRanges = Math.max(1, Math.round((size * share * companyNumbersShare) / peopleInACompanyRange));
    const range =
      random.share() < companyNumbersShare
        ? `${callingCode}${800_000 + random.below(companyRanges)}`
        : publicRange({ callingCode }, random.below(publicRanges));
    return { phoneKey: `phone ${count}`, userKey: `user ${count}`, range, country };
  }

  function anyCountry(): Country {
    let left = random.share();
    for (const one of countries) {
      left -= one.share;
      if (left < 0) return one;
    }
    return largest;
  }

  const people = Array.from({ length: size }, hire);
  return { anyone: () => people[random.below(people.length)] ?? hire(), newcomer: hire };
}
