export interface Row {
  readonly what: string;
  /** A list for each contestant, with a value for each round. */
  readonly values: readonly (readonly number[])[];
  readonly digits: number;
}

/**
 * Draws a table of medians, with the ratio of the first contestant to each other contestant. The
 * ratio is the median of the ratios of all rounds.
 */
export function drawTable(head: string, titles: readonly string[], rows: readonly Row[]): string {
  const [first = "", ...others] = titles;
  const cells = rows.map(({ what, values: [own = [], ...theirs], digits }) => [
    what,
    ...[own, ...theirs].map((values) => median(values).toFixed(digits)),
    ...theirs.map((values) => median(ratios(own, values)).toFixed(2)),
  ]);
  return align([[head, ...titles, ...others.map((other) => `${first} ÷ ${other}`)], ...cells]);
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  if (low === undefined || high === undefined) throw new Error("No value was measured.");
  return (low + high) / 2;
}

function ratios(own: readonly number[], theirs: readonly number[]): number[] {
  return own.map((value, round) => value / (theirs[round] ?? NaN));
}

/**
 * Formats a Markdown table as prettier does: the first column on the left, numbers on the right.
 */
function align([head = [], ...body]: readonly (readonly string[])[]): string {
  const widths = head.map((_, column) =>
    Math.max(...[head, ...body].map((row) => row[column]?.length ?? 0)),
  );
  const padded = [head, ...body].map((row) =>
    row.map((cell, column) => {
      const width = widths[column] ?? 0;
      return column === 0 ? cell.padEnd(width) : cell.padStart(width);
    }),
  );
  const rule = widths.map((width, column) =>
    column === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`,
  );
  padded.splice(1, 0, rule);
  return padded.map((row) => `| ${row.join(" | ")} |`).join("\n");
}
