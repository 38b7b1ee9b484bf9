import type { Ask } from "./asks.ts";
import type { Finding } from "./finding.ts";
import type { Live } from "./live.ts";
import type { Source } from "./sources.ts";

/** A behaviour that a vendor documents and this project needs, and that was never tried live. */
interface Row {
  readonly id: string;
  /** What has to be true. */
  readonly says: string;
  /** What the vendor documents, in our words. */
  readonly documented: string;
  readonly source: Source;
  /** What breaks if the assumption is false. */
  readonly ifFalse: string;
  /** What supports the assumption besides the vendor's page. */
  readonly evidence?: string;
}

export interface Tried extends Row {
  /** Tries the assumption. Rejects if it could not be tried. */
  readonly attempt: (live: Live) => Promise<Finding>;
  /** The option that allows this test to reach a person or disturb the app. */
  readonly needs?: Ask;
  /** Assumptions that come first. If one is false, this test would fail for the same reason. */
  readonly after?: readonly string[];
}

/** An assumption that only a person can check. */
export interface LookedAt extends Row {
  /** Where to look, and how. */
  readonly look: string;
  /** What the person sees if the assumption holds. */
  readonly passes: string;
}

export type Assumption = Tried | LookedAt;
export const isTried = (one: Assumption): one is Tried => "attempt" in one;
