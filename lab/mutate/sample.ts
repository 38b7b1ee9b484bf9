import { createHash } from "node:crypto";

// A checker of Stryker's, which may keep mutants from being run: https://stryker-mutator.io/docs/stryker-js/plugins/

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
  return {
    init: () => Promise.resolve(),
    /** Gets all mutants at once. */
    group(mutants: readonly Mutant[]) {
      const drawn = mutants.map((mutant) => ({ id: mutant.id, place: place(mutant) }));
      const ids = drawn.sort((a, b) => (a.place < b.place ? -1 : 1)).map(({ id }) => id);
      return Promise.resolve([ids.slice(0, size), ids.slice(size)].filter((group) => group.length > 0));
    },
    check(mutants: readonly Mutant[]) {
      const status = mutants.length <= size ? { status: "passed" } : { status: "compileError", reason: "not drawn" };
      return Promise.resolve(Object.fromEntries(mutants.map(({ id }) => [id, status])));
    },
  };
}
createSample.inject = ["options"] as const;

export const strykerPlugins = [{ kind: "Checker", name: "sample", factory: createSample }];
