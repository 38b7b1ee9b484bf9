import { parse } from "yaml";
import { all, environments, list, main, readProjectFile, type Snapshot } from "./snapshot.ts";

/** Where a rule need not hold, and why. */
export interface Exception {
  readonly where: (snapshot: Snapshot) => boolean;
  readonly because: string;
}

/** A rule of a public checker: held, or suppressed for a reason that a reviewer can weigh. */
export type PublicRule =
  | { readonly rule: string; readonly held: (snapshot: Snapshot) => boolean; readonly except?: Exception | undefined }
  | { readonly rule: string; readonly suppressed: string };

export const inPublicMode: Exception = {
  where: (snapshot) => all(snapshot, "Microsoft.Network/privateEndpoints").length === 0,
  because: "In public mode Entra roles alone protect it: docs/deploy.md says what private mode adds.",
};

export const inDevelopment: Exception = {
  where: (snapshot) => snapshot === main.dev,
  because: "Development is torn down and built again under the same name.",
};

export function held(rules: string, holds: (snapshot: Snapshot) => boolean, except?: Exception): readonly PublicRule[] {
  return rules.split(" ").map((rule) => ({ rule, held: holds, except }));
}

export function suppressed(rules: string, reason: string): readonly PublicRule[] {
  return rules.split(" ").map((rule) => ({ rule, suppressed: reason }));
}

const sentence = /^[A-Z].{20,}\.$/;

/** The rules that a checker, where it runs in the pipeline, is set to leave out. */
export function leftOut(file: "ps-rule" | "checkov"): readonly unknown[] {
  const options: unknown = parse(readProjectFile(`infra/${file}.yaml`));
  return [...list(options, "rule.exclude"), ...list(options, "skip-check")];
}

/**
 * Registers one test for each rule, and one that no rule is listed twice.
 * @param skipped What the checker leaves out in the pipeline: all that is suppressed here, and no other.
 * @param snapshots What is asked; the environments, if nothing is said.
 */
export function testRules(
  checker: string,
  skipped: readonly unknown[] | undefined,
  rules: readonly PublicRule[],
  snapshots: readonly Snapshot[] = environments.map((name) => main[name]),
) {
  describe(checker, () => {
    it.each(rules.map((item) => [item.rule, item] as const))("%s", (rule, item) => {
      // The checkers' lists take no patterns; those are of rules that need more than a template, so are not asked.
      if (skipped && !rule.includes("*")) expect(skipped.includes(rule)).toBe("suppressed" in item);
      if ("suppressed" in item) expect(item.suppressed).toMatch(sentence);
      else {
        if (item.except !== undefined) expect(item.except.because).toMatch(sentence);
        const bound = snapshots.filter((snapshot) => !item.except?.where(snapshot));
        expect(bound.map(item.held)).toEqual(bound.map(() => true));
      }
    });

    it("lists no rule twice", () => {
      const names = rules.map(({ rule }) => rule);
      expect(names).toEqual([...new Set(names)]);
    });
  });
}
