import { optionOf } from "./asks.ts";
import { isTried, type Assumption } from "./assumption.ts";
import { accountAt8x8 } from "./assumptions/account-at-8x8.ts";
import { app } from "./assumptions/app.ts";
import { azure } from "./assumptions/azure.ts";
import { disturbing } from "./assumptions/disturbing.ts";
import { eightByEight } from "./assumptions/eight-by-eight.ts";
import { at8x8 } from "./assumptions/looked-at-8x8.ts";
import { inAzure } from "./assumptions/looked-at-azure.ts";
import { atOkta } from "./assumptions/looked-at-okta.ts";
import { okta } from "./assumptions/okta.ts";
import { signInOnce } from "./assumptions/sign-in.ts";

/** The assumptions in the order of their tests. Tests that reach a person come last. */
const parts = {
  "The app, from here": app,
  "Azure, sending nothing": azure,
  "Okta, sending nothing": okta,
  "8x8, sending nothing": accountAt8x8,
  "The app, disturbed": disturbing,
  "8x8, to one phone": eightByEight,
  "One person signs in": signInOnce,
  "In Azure, for a person to check": inAzure,
  "At Okta, for a person to check": atOkta,
  "At 8x8, for a person to check": at8x8,
} satisfies Readonly<Record<string, readonly Assumption[]>>;

export const assumptions: readonly Assumption[] = Object.values(parts).flat();

function item(one: Assumption): string {
  const { id, says, documented, source, evidence, ifFalse } = one;
  const option = isTried(one) && one.needs !== undefined ? `Needs \`${optionOf(one.needs)}\`.` : "";
  const how = isTried(one) ? option : `Look: ${one.look} It holds if ${one.passes}`;
  const words = [`- **\`${id}\`**`, says, how, `If false: ${ifFalse}`].filter(Boolean).join(" ");
  const more = evidence === undefined ? "" : ` ${evidence}`;
  return `${words}
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
  return `There are ${assumptions.length} assumptions. One command tests ${tried.length} of them: ${free} without an option. The other ${tried.length - free} reach a person or disturb the app, and each needs an option. A person has to check the remaining ${looked}, and records the result with the same command. For ${backed}, there is evidence besides the vendor's page.`;
}
