import { isTried, type Assumption } from "./assumption.ts";
import { assumptions, parts } from "./assumptions.ts";
import { optionOf } from "./asks.ts";

function item(one: Assumption): string {
  const { id, says, documented, source, evidence, ifFalse } = one;
  const how = isTried(one)
    ? `Tried${one.needs === undefined ? "" : ` with \`${optionOf(one.needs)}\``}.`
    : `Look: ${one.look} It holds if ${one.passes}`;
  const more = evidence === undefined ? "" : ` ${evidence}`;
  return `- **\`${id}\`** ${says} ${how} If it is false: ${ifFalse}
  [Documented](${source.url}) (read ${source.read}): ${documented}${more}`;
}

/** The lists of docs/live.md. */
export function liveLists(): string {
  return Object.entries<readonly Assumption[]>(parts)
    .map(([part, some]) => `## ${part}\n\n${some.map(item).join("\n")}`)
    .join("\n\n");
}

/** How many assumptions there are, for docs/is-this-for-you.md and docs/live.md. */
export function counts(): string {
  const tried = assumptions.filter(isTried);
  const free = tried.filter(({ needs }) => needs === undefined).length;
  const looked = assumptions.length - tried.length;
  const backed = assumptions.filter(({ evidence }) => evidence !== undefined).length;
  return `There are ${assumptions.length} assumptions. One command tries ${tried.length} of them: ${free} without an option, and ${tried.length - free} that reach a person or disturb the app, each by an option. A person has to look at the other ${looked}, and records what they saw by the same command. ${backed} have more evidence than a vendor's page.`;
}
