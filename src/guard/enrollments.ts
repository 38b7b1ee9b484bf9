import { addTo, type Kept } from "./counts.ts";
import type { CodeFacts, UsedCode } from "./guarded-code.ts";

const several = "several";
const completionsCredited = 2;
const numbersBefore = 2;

/** What a day's enrollments say beside their counts: each is kept for a day. */
export function createEnrollments(keepADay: <Value extends number | string>() => Kept<Value>) {
  /** The number that a user began to enroll, or `several`. */
  const began = keepADay<string>();
  /** By number. */
  const completed = keepADay<number>();
  /** By user: the first numbers that were refused, a line each. */
  const refused = keepADay<string>();

  return {
    begin({ userKey, phoneKey }: CodeFacts): void {
      if (userKey === undefined) return;
      const before = began.get(userKey) ?? phoneKey;
      began.set(userKey, before === phoneKey ? phoneKey : several);
    },
    /**
     * What a completed one gives back beside the unused codes. Undefined: nothing at all, since it
     * is not clear whose it was.
     */
    complete({ userKey, phoneKey }: UsedCode): 0 | 1 | undefined {
      if ((began.get(userKey) ?? phoneKey) !== phoneKey) return undefined;
      addTo(completed, phoneKey, 1);
      // Else a few SIM cards that are finished again and again would pay for many that are not.
      return (completed.get(phoneKey) ?? 0) <= completionsCredited ? 1 : 0;
    },
    /**
     * Nobody is silenced at first: a newcomer has the code from Okta, or learns that none came, and
     * asks again for one of two numbers.
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
