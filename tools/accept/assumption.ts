import type { Ask } from "./asks.ts";
import type { Live } from "./live.ts";

/**
 * Something that is read in a vendor's page, was never tried live, and that the project leans on.
 */
export interface Assumption {
  readonly id: string;
  /** What has to be true. */
  readonly says: string;
  /** The page that it was read from. */
  readonly source: string;
  /** The documents and modules that lean on it. */
  readonly leans: readonly string[];
  readonly ifFalse: string;
  /** Tries it. Rejects where it could not be tried, with a sentence. */
  readonly attempt?: (live: Live) => Promise<Finding>;
  /** Where a person looks, where there is no attempt, or beside it. */
  readonly look?: string;
  /** The attempt reaches a person, or disturbs the app: it is made where this was asked for. */
  readonly needs?: Ask;
}

/** `seen` is what was seen: numbers, and words of closed lists. */
export interface Finding {
  readonly verdict: "holds" | "differs" | "not tried";
  readonly seen: string;
}

export const holds = (seen: string): Finding => ({ verdict: "holds", seen });
export const differs = (seen: string): Finding => ({ verdict: "differs", seen });
export const notTried = (why: string): Finding => ({ verdict: "not tried", seen: why });
export const judge = (isTrue: boolean, seen: string): Finding =>
  isTrue ? holds(seen) : differs(seen);
