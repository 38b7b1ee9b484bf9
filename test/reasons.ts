import { reasonsOf } from "../src/rules/reasons.ts";
import type { HookResult } from "../src/rules/outcome.ts";

export const reasons: Readonly<Record<HookResult["outcome"], readonly string[]>> = {
  accepted: [],
  rejected: reasonsOf("rejected"),
  refused: reasonsOf("refused"),
  unconfirmed: reasonsOf("unconfirmed"),
  unavailable: reasonsOf("unavailable"),
  malformed: reasonsOf("malformed"),
  unauthenticated: reasonsOf("unauthenticated"),
};
