/** What is counted of people goes by HMAC; what is counted of places, ranges and countries, is nobody's. */
export type CountGroup = "people" | "places";

/** Sliding windows, in buckets of 10 minutes. */
export type Window = "hour" | "day";

/**
 * Own counts, and those of the other instances as the exchange brings them. Bounded: the least recent are let go first.
 * Times are in milliseconds since 1970.
 */
export interface Counts {
  add(group: CountGroup, key: string, now: number): void;
  within(group: CountGroup, key: string, window: Window, now: number): number;
  /** A person was seen with something. */
  see(person: string, something: string, now: number): void;
  /** How many different things. */
  different(person: string, window: Window, now: number): number;
  /** Of verified codes by country: the day with the most, of the 14 before this one. */
  addVerified(country: string, now: number): void;
  mostVerifiedInADay(country: string, now: number): number;
}
