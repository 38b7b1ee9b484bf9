import { addTo, byKey } from "./counts.ts";
import type { CodeFacts, UsedCode } from "./guarded-code.ts";

const several = "several";
const completionsCredited = 2;
const numbersBefore = 2;

/** What is known of a day's enrollments besides their counts. */
export function createEnrollments() {
  /** The number that a user began to enroll, or `several`. */
  const began = byKey<string>();
  /** By number. */
  const completed = byKey<number>();
  /** By user: the first numbers that were refused, a line each. */
  const refused = byKey<string>();

  return {
    begin({ userKey, phoneKey }: CodeFacts): void {
      if (userKey === undefined) return;
      const before = began.get(userKey) ?? phoneKey;
      began.set(userKey, before === phoneKey ? phoneKey : several);
    },
    /** Whether the user began to enroll another number too that day. */
    hasSeveral: ({ userKey }: CodeFacts): boolean =>
      userKey !== undefined && began.get(userKey) === several,
    /**
     * What a completed enrollment gives back besides the unused codes. Undefined: nothing at all,
     * because the user began with several numbers or another one.
     */
    complete({ userKey, phoneKey }: UsedCode): 0 | 1 | undefined {
      if ((began.get(userKey) ?? phoneKey) !== phoneKey) return undefined;
      addTo(completed, phoneKey, 1);
      // Otherwise a few SIM cards, completed again and again, would pay for many other numbers.
      return (completed.get(phoneKey) ?? 0) <= completionsCredited ? 1 : 0;
    },
    /**
     * `repeated` from the third number on. A newcomer gets the code from Okta's own provider, or
     * learns that none came, and asks again for one of two numbers.
     */
    refuse({ userKey, phoneKey }: CodeFacts): "first" | "repeated" {
      const person = userKey ?? phoneKey;
      const numbers = refused.get(person)?.split("\n") ?? [];
      if (numbers.includes(phoneKey)) return "first";
      if (numbers.length === numbersBefore) return "repeated";
      refused.set(person, [...numbers, phoneKey].join("\n"));
      return "first";
    },
  };
}
