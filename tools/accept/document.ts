import type { Assumption } from "./assumption.ts";
import { parts } from "./assumptions.ts";

function item({ says, source, needs }: Assumption): string {
  return `- [${says}](${source})${needs === undefined ? "" : ` (\`--${needs}\`)`}`;
}

/**
 * The lists of docs/live.md. The report says what is false without each; the code, which documents
 * and modules lean on it.
 */
export function liveLists(): string {
  return Object.entries<readonly Assumption[]>(parts)
    .map(([part, some]) => `## ${part}\n\n${some.map(item).join("\n")}`)
    .join("\n\n");
}
