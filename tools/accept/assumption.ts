import type { Ask } from "./asks.ts";
import type { Live } from "./live.ts";
import type { Source } from "./sources.ts";

/** Something that a vendor documents, that was never tried live, and that this project needs. */
interface Row {
  readonly id: string;
  /** What has to be true. */
  readonly says: string;
  /** What the vendor documents, in our words. */
  readonly documented: string;
  readonly source: Source;
  /** What breaks if it is false. */
  readonly ifFalse: string;
  /** What supports it besides the page. */
  readonly evidence?: string;
}

export interface Tried extends Row {
  /** Rejects if it could not be tried. */
  readonly attempt: (live: Live) => Promise<Finding>;
  /** The option without which nobody is reached and nothing is disturbed. */
  readonly needs?: Ask;
  /** Assumptions that come first. If one is false, this test would fail for the same reason. */
  readonly after?: readonly string[];
}

/** Only a person can look at it. */
export interface LookedAt extends Row {
  /** Where to look, and how. */
  readonly look: string;
  /** It holds if this is seen. */
  readonly passes: string;
}

export type Assumption = Tried | LookedAt;
export const isTried = (one: Assumption): one is Tried => "attempt" in one;

/** Why it is unknown: `waits` for another one, or `look` if only a person can look at it. */
export const reasons = ["not asked", "not set up", "not reached", "waits", "look"] as const;
export type Reason = (typeof reasons)[number];

/** `seen` holds numbers and words of closed lists: what came, and the likely cause. */
export type Finding =
  | { readonly verdict: "holds" | "differs"; readonly seen: string }
  | { readonly verdict: "not tried"; readonly why: Reason; readonly seen: string };

export const holds = (seen: string): Finding => ({ verdict: "holds", seen });
export const differs = (seen: string, cause: string): Finding => ({
  verdict: "differs",
  seen: `${seen} Likely cause: ${cause}`,
});
export const judge = (isTrue: boolean, seen: string, cause: string): Finding =>
  isTrue ? holds(seen) : differs(seen, cause);
export const notTried = (why: Reason, seen: string): Finding => ({
  verdict: "not tried",
  why,
  seen,
});

/** Ends a test whose assumption is false by what it came upon. */
export class Difference extends Error {
  override readonly name = "Difference";
  readonly finding: Finding;

  constructor(seen: string, cause: string) {
    super(seen);
    this.finding = differs(seen, cause);
  }
}

/** The environment, or this terminal, does not have what a test needs. */
export class NotSetUp extends Error {
  override readonly name = "NotSetUp";
}
