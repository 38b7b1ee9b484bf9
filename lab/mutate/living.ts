import type { Mutant } from "./report.ts";

/** Changes that no test has to see, and why. */
const reasons: readonly (Pick<Mutant, "file" | "before" | "replacement"> & { readonly why: string })[] = [];

export const livingAsExpected = ({ file, before, replacement }: Mutant): boolean =>
  reasons.some((known) => known.file === file && known.before === before && known.replacement === replacement);
