import type { Assumption } from "./assumption.ts";
import { parts } from "./assumptions.ts";

function item({ says, source, ifFalse, needs }: Assumption): string {
  const how = needs === undefined ? "" : `\`--${needs}\`: `;
  return `- ${how}[${says}](${source}) Else: ${ifFalse}`;
}

/** The lists of docs/live.md. What to look at is in the report; the documents and modules that lean on each stand in the code. */
export function liveLists(): string {
  return Object.entries<readonly Assumption[]>(parts)
    .map(([part, some]) => `## ${part}\n\n${some.map(item).join("\n")}`)
    .join("\n\n");
}
