import type { Ask } from "./asks.ts";
import type { Finding } from "./finding.ts";
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
