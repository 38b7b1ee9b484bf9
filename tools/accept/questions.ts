import type { Person } from "./live.ts";
import { askLine } from "../okta/questions.ts";

/** The person at this terminal. Without a terminal, no person answers. */
export function personHere(): Person {
  return {
    answer: askLine,
    async signIn() {
      const said = await askLine(
        "Sign in to Okta once with a code by SMS or call, and let no one else sign in. Press Enter when you have typed the code in (n: not now).",
      );
      return said !== undefined && !/^n/i.test(said);
    },
  };
}
