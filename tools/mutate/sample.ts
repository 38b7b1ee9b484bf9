import { createHash } from "node:crypto";

// A checker of Stryker's, which may keep mutants from being run:
// https://stryker-mutator.io/docs/stryker-js/plugins/

interface Mutant {
  readonly id: string;
  readonly fileName: string;
  readonly location: object;
  readonly replacement?: string;
}

interface Options {
  readonly sample: { readonly seed: string; readonly mutants: number };
}

function createSample({ sample: { seed, mutants: size } }: Options) {
  /** Does not depend on the order or the number of the others. */
  const place = ({ fileName, location, replacement }: Mutant): string =>
    createHash("sha256")
      .update(JSON.stringify([seed, fileName.replace(/^.*\/src\//, ""), location, replacement]))
      .digest("hex");
  let drawn: ReadonlySet<string> = new Set();
  return {
    init: () => Promise.resolve(),
    /**
     * Gets all mutants at once, before any is checked. There is one checker for the two runners.
     */
    group(mutants: readonly Mutant[]) {
      const places = new Map(mutants.map((mutant) => [mutant.id, place(mutant)]));
      const ids = [...places].sort(([, a], [, b]) => (a < b ? -1 : 1)).map(([id]) => id);
      drawn = new Set(ids.slice(0, size));
      return Promise.resolve([ids]);
    },
    check(mutants: readonly Mutant[]) {
      const statusOf = (id: string) =>
        drawn.has(id) ? { status: "passed" } : { status: "compileError", reason: "not drawn" };
      return Promise.resolve(Object.fromEntries(mutants.map(({ id }) => [id, statusOf(id)])));
    },
  };
}
createSample.inject = ["options"] as const;

export const strykerPlugins = [{ kind: "Checker", name: "sample", factory: createSample }];
