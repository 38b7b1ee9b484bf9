/**
 * Stryker's:
 * https://github.com/stryker-mutator/mutation-testing-elements/tree/master/packages/report-schema
 */
export interface Report {
  readonly files: Readonly<
    Record<string, { readonly source: string; readonly mutants: readonly ReportedMutant[] }>
  >;
}

interface ReportedMutant {
  readonly status:
    "Killed" | "Timeout" | "Survived" | "NoCoverage" | "CompileError" | "RuntimeError" | "Ignored";
  readonly replacement: string;
  readonly location: Readonly<
    Record<"start" | "end", { readonly line: number; readonly column: number }>
  >;
}

export type Mutant = ReturnType<typeof mutantsOf>[number];

/** Those that were drawn. */
export function mutantsOf({ files }: Report) {
  return Object.entries(files).flatMap(([file, { source, mutants }]) =>
    mutants
      .filter(({ status }) => status !== "CompileError")
      .map(({ location: { start, end }, ...mutant }) => {
        const lines = source.split("\n").slice(start.line - 1, end.line);
        // Columns begin with 1.
        const last = lines.at(-1)?.slice(0, end.column - 1) ?? "";
        const before = [...lines.slice(0, -1), last].join("\n").slice(start.column - 1);
        return { file, line: start.line, text: lines[0]?.trim(), before, ...mutant };
      }),
  );
}

/**
 * A suite that cannot be loaded is red. A test that Stryker had to end is no kill: it may have been
 * slow for another reason.
 */
export function countOf(mutants: readonly Mutant[]) {
  const living = mutants.filter(({ status }) => status !== "Killed" && status !== "RuntimeError");
  return { drawn: mutants.length, killed: mutants.length - living.length, living };
}

export function describeMutant({ file, line, before, replacement, status }: Mutant): string {
  const shown = (text: string) =>
    JSON.stringify(text.length > 120 ? `${text.slice(0, 117)}...` : text);
  return `${file}:${line} ${shown(before)} -> ${shown(replacement)} (${status})`;
}
