/** A change to one file that would do harm if no test saw it. */
export interface Mutation {
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly before: string;
  readonly after: string;
  /** What would happen. */
  readonly because: string;
}

export interface Area {
  readonly name: string;
  /** Folders and files of the tests that should see these changes: they are asked first. */
  readonly tests: readonly string[];
  readonly mutations: readonly Mutation[];
}

/** The tests of what is deployed: all that need no compiler. */
export const onResources = ["must-be", "access", "network", "logs", "psrule", "checkov", "flex", "disaster"].map(
  (name) => `test/infra/${name}`,
);

/** Changes to one file: each is the text that stands there, the text instead of it, and why that is dangerous. */
export function inFile(
  file: string,
  ...changes: readonly (readonly [before: string, after: string, because: string])[]
): readonly Mutation[] {
  return changes.map(([before, after, because]) => ({ file, before, after, because }));
}
