import { askNames, asks, laptopsOwn, optionOf, type Ask } from "./asks.ts";
import { isTried, type Assumption } from "./assumption.ts";
import type { Entry, Reason } from "./finding.ts";

export interface Described {
  /** The environment's name, or a placeholder if the report must not hold it. */
  readonly environment: string;
  readonly startedAt: Date;
  readonly assumptions: readonly Assumption[];
  readonly entries: readonly Entry[];
  /** How many assumptions the run has reached so far. Default: all. */
  readonly tried?: number | undefined;
}

const forPerson = "For a person to check";
const sections: readonly (readonly [title: string, of: (entry: Entry) => boolean])[] = [
  ["Differs", ({ verdict }) => verdict === "differs"],
  [
    "Could not be reached, or waits for another result",
    ({ why }) => why === "not reached" || why === "waits",
  ],
  ["Not asked for", ({ why }) => why === "not asked"],
  ["Not set up", ({ why }) => why === "not set up"],
  [forPerson, ({ why }) => why === "look"],
  ["Holds", ({ verdict }) => verdict === "holds"],
];

/**
 * Sums up all results in a sentence. A test that a stopped run did not reach counts as unknown. A
 * part that is not set up does not.
 */
export function summaryOf(
  assumptions: readonly Assumption[],
  entries: readonly Entry[],
  tried = assumptions.length,
): string {
  const count = (is: (entry: Entry) => boolean) => entries.filter(is).length;
  const hold = count(({ verdict }) => verdict === "holds");
  const differ = count(({ verdict }) => verdict === "differs");
  const absent = count(({ why }) => why === "not set up");
  const unknown = assumptions.length - hold - differ - absent;
  let verdict = unknown > 0 ? "Nothing differs so far" : "All is as assumed";
  if (tried < assumptions.length) verdict = "Not finished";
  if (differ > 0) verdict = "Not as assumed";
  return `${verdict}: ${hold} hold, ${differ} differ, ${unknown} unknown, ${absent} not set up.`;
}

export function describe(described: Described): string {
  const { environment, startedAt, assumptions, entries, tried = assumptions.length } = described;
  const stopped = `
The run was stopped after ${tried} of ${assumptions.length} assumptions, or has not ended.
`;
  const shown = sections.filter(([title]) => environment !== "local" || title !== forPerson);
  const parts = shown.map(([title, is]) => {
    const some = entries.filter(is).map((entry) => describeEntry(entry, described));
    return `## ${title} (${some.length})\n\n${some.join("\n") || "None."}\n`;
  });
  return `# Acceptance run of ${timeOf(startedAt)}

**${summaryOf(assumptions, entries, tried)}**
${environment === "local" ? rehearsal : ""}${tried < assumptions.length ? stopped : ""}
${nextSteps(described).join("\n")}

Times are in UTC. docs/live.md shows what each vendor documents, with links.

${parts.join("\n")}`;
}

const rehearsal = `
This run used stand-ins on this machine. It shows nothing about your Okta, 8x8 or Azure, and leaves
out what only a person can check.
`;

/** Four lines about what to do next. */
function nextSteps({ environment, assumptions, entries }: Described): string[] {
  const command = `npm run accept -- ${environment}`;
  const idsOf = (is: (entry: Entry) => boolean) => entries.filter(is).map(({ id }) => id);
  const because = (reason: Reason) => idsOf(({ why }) => why === reason);
  const listed = (ids: readonly string[]) => ids.map((id) => `\`${id}\``).join(", ") || "none";
  const differing = idsOf(({ verdict }) => verdict === "differs");
  const fix = ` Fix the cause that each line names, then run \`${command}\` again.`;
  const notAsked = because("not asked");
  const own = environment === "local" ? laptopsOwn : [];
  const untested = assumptions.filter(
    (one) => isTried(one) && entries.every(({ id }) => id !== one.id),
  );
  const again = ` Not tested yet: ${listed(untested.map(({ id }) => id))}. Run \`${command}\` again.`;
  const options = askNames.filter(
    (ask) =>
      !own.includes(ask) &&
      assumptions.some((one) => isTried(one) && one.needs === ask && notAsked.includes(one.id)),
  );
  const force = entries.some(({ why, seen }) => why === "not asked" && seen.includes("--force"));
  const asking =
    notAsked.length === 0 ? "none." : howToAsk(environment, options, force ? " --force" : "");
  return [
    `1. Differs: ${listed(differing)}.${differing.length > 0 ? fix : ""}`,
    `2. Could not be reached: ${listed(because("not reached"))}. Waits for another result: ${listed(because("waits"))}.${untested.length > 0 ? again : ""}`,
    `3. Not asked for (${notAsked.length}): ${asking} Not set up: ${listed(because("not set up"))}.`,
    environment === "local"
      ? "4. Deploy the app (docs/deploy.md). Move accept-report.* to another folder, and run `npm run accept -- dev` (docs/live.md)."
      : `4. For a person to check (${because("look").length}): look, and then run \`${command} --saw <id> yes "what you saw"\`, or the same with \`no\` or \`unused\`.`,
  ];
}

function howToAsk(environment: string, options: readonly Ask[], force: string): string {
  if (options.length === 0) return "see the reason in each line below.";
  const words = options.map((ask) => `\`${optionOf(ask)}\` ${asks[ask]}`).join("; ");
  const first =
    environment === "local" ? "run the line `source …` that `npm start` printed. Then " : "";
  const command = ["npm run accept --", environment, ...options.map(optionOf)].join(" ");
  return `${first}run \`${command}${force}\`. ${words}.`;
}

function describeEntry(entry: Entry, { startedAt, assumptions }: Described): string {
  const { id, verdict, seen, at } = entry;
  const { says = "", ifFalse = "" } = assumptions.find((one) => one.id === id) ?? {};
  const older = new Date(at) < startedAt ? ", older than this run" : "";
  const breaks = verdict === "holds" ? "" : ` If false: ${ifFalse}`;
  const words = { holds: `${says} Seen: `, differs: "", "not tried": `${says} ` };
  return `- **${id}** (${timeOf(new Date(at))}${older}) ${words[verdict]}${seen}${breaks}`;
}

const timeOf = (date: Date) => date.toISOString().slice(0, 16).replace("T", " ");
