import {
  guardReasons,
  refusedReasons,
  rejectedReasons,
  unavailableReasons,
  unconfirmedReasons,
} from "../src/delivery/outcome.ts";
import { unauthenticatedReasons } from "../src/okta/authenticate.ts";
import type { HookResult } from "../src/okta/telephony-answer.ts";
import { malformedReasons } from "../src/okta/telephony-request.ts";

/** Every outcome, with every reason that it can have. One that is missing here does not compile. */
export const reasons: Readonly<Record<HookResult["outcome"], readonly string[]>> = {
  accepted: [],
  rejected: rejectedReasons,
  refused: [...refusedReasons, ...guardReasons],
  unconfirmed: unconfirmedReasons,
  unavailable: unavailableReasons,
  malformed: malformedReasons,
  unauthenticated: unauthenticatedReasons,
};
