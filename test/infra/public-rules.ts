import { main, type Snapshot } from "./snapshot.ts";

/** A rule of a public checker: held, or suppressed for a reason that a reviewer can weigh. */
export type PublicRule =
  | { readonly rule: string; readonly held: (snapshot: Snapshot) => boolean; readonly notInDev?: string | undefined }
  | { readonly rule: string; readonly suppressed: string };

/** @param notInDev Why the development environment need not hold it. */
export function held(rules: string, holds: (snapshot: Snapshot) => boolean, notInDev?: string): readonly PublicRule[] {
  return rules.split(" ").map((rule) => ({ rule, held: holds, notInDev }));
}

export function suppressed(rules: string, reason: string): readonly PublicRule[] {
  return rules.split(" ").map((rule) => ({ rule, suppressed: reason }));
}

const sentence = /^[A-Z].{20,}\.$/;

/** Registers one test for each rule, and one that no rule is listed twice. */
export function testRules(checker: string, rules: readonly PublicRule[]) {
  describe(checker, () => {
    it.each(rules.map((item) => [item.rule, item] as const))("%s", (_, item) => {
      if ("suppressed" in item) expect(item.suppressed).toMatch(sentence);
      else {
        expect(item.held(main.prod)).toBe(true);
        if (item.notInDev === undefined) expect(item.held(main.dev)).toBe(true);
        else expect(item.notInDev).toMatch(sentence);
      }
    });

    it("lists no rule twice", () => {
      const names = rules.map(({ rule }) => rule);
      expect(names).toEqual([...new Set(names)]);
    });
  });
}
