import { askNames, asks, isTried, optionOf, type Ask, type Assumption } from "./assumption.ts";
import type { Entry, Reason } from "./finding.ts";

export interface Described {
  /** The environment's name, or a placeholder if the report must not hold it. */
  readonly environment: string;
  readonly startedAt: Date;
  readonly assumptions: readonly Assumption[];
  readonly entries: readonly Entry[];
  /** How many assumptions a run has passed so far. Default: all. */
  readonly tried?: number | undefined;
}

const sections: readonly (readonly [title: string, of: (entry: Entry) => boolean])[] = [
  ["Differs", ({ verdict }) => verdict === "differs"],
  ["Could not be reached, or waits", ({ why }) => why === "not reached" || why === "waits"],
  ["Not asked for", ({ why }) => why === "not asked"],
  ["Not set up", ({ why }) => why === "not set up"],
  ["Can only be looked at", ({ why }) => why === "look"],
  ["Holds", ({ verdict }) => verdict === "holds"],
];

/**
 * Sums up all results in a sentence. A test that a stopped run did not reach is unknown. What is
 * not set up is not in use.
 */
export function summaryOf(assumptions: readonly Assumption[], entries: readonly Entry[]): string {
  const count = (is: (entry: Entry) => boolean) => entries.filter(is).length;
  const hold = count(({ verdict }) => verdict === "holds");
  const differ = count(({ verdict }) => verdict === "differs");
  const absent = count(({ why }) => why === "not set up");
  const unknown = assumptions.length - hold - differ - absent;
  const verdict =
    differ > 0 ? "Not as assumed" : unknown > 0 ? "Nothing differs so far" : "All is as assumed";
  return `${verdict}: ${hold} hold, ${differ} differ, ${unknown} unknown, ${absent} not set up.`;
}

export function describe(described: Described): string {
  const { environment, startedAt, assumptions, entries, tried = assumptions.length } = described;
  const stopped = `
The run was stopped after ${tried} of ${assumptions.length} assumptions, or has not ended yet.
`;
  const parts = sections.map(([title, is]) => {
    const some = entries.filter(is).map((entry) => describeEntry(entry, described));
    return `## ${title} (${some.length})\n\n${some.join("\n") || "None."}\n`;
  });
  return `# Acceptance run of ${timeOf(startedAt)}

**${summaryOf(assumptions, entries)}**
${environment === "local" ? rehearsal : ""}${tried < assumptions.length ? stopped : ""}
${nextSteps(described).join("\n")}

Each line has its time (UTC). docs/live.md has what each vendor documents, with links.

${parts.join("\n")}`;
}

const rehearsal = `
This run was against stand-ins on this machine. It shows nothing about your Okta, 8x8 or Azure. After
you have deployed the app, run \`npm run accept -- dev\`: docs/live.md.
`;

/** Four lines about what to do next. */
function nextSteps({ environment, assumptions, entries }: Described): string[] {
  const command = `npm run accept -- ${environment}`;
  const idsOf = (...reasons: readonly Reason[]) =>
    entries.flatMap(({ id, why }) => (why !== undefined && reasons.includes(why) ? [id] : []));
  const differing = entries.filter(({ verdict }) => verdict === "differs").map(({ id }) => id);
  const left = assumptions.filter(({ id }) => idsOf("not asked").includes(id));
  // A laptop's run asks for these two itself.
  const own: readonly Ask[] = environment === "local" ? ["phone", "sign-in"] : [];
  const options = askNames.filter(
    (ask) => !own.includes(ask) && left.some((one) => isTried(one) && one.needs === ask),
  );
  const force = entries.some(({ why, seen }) => why === "not asked" && seen.includes("--force"));
  const listed = (ids: readonly string[]) => ids.map((id) => `\`${id}\``).join(", ") || "none";
  return [
    `1. Differs: ${listed(differing)}. ${differing.length > 0 ? `Fix what its line names, then run \`${command}\` again.` : ""}`,
    `2. Could not be reached: ${listed(idsOf("not reached"))}. Waits: ${listed(idsOf("waits"))}.`,
    `3. Not asked for (${left.length}): ${howToAsk(command, options, force)} Not set up: ${listed(idsOf("not set up"))}.`,
    `4. Can only be looked at (${idsOf("look").length}): after you looked, \`${command} --saw <id> yes "what you saw"\`, or \`no\`, or \`unused\`.`,
  ].map((line) => line.trimEnd());
}

function howToAsk(command: string, options: readonly Ask[], force: boolean): string {
  if (options.length === 0) return "the line of each says why.";
  const words = options.map((ask) => `\`${optionOf(ask)}\`: ${asks[ask]}`).join("; ");
  const line = [command, ...options.map(optionOf), ...(force ? ["--force"] : [])].join(" ");
  return `\`${line}\` (${words}).`;
}

function describeEntry(entry: Entry, { startedAt, assumptions }: Described): string {
  const { id, verdict, seen, at } = entry;
  const { says = "", ifFalse = "" } = assumptions.find((one) => one.id === id) ?? {};
  const older = new Date(at) < startedAt ? ", older than this run" : "";
  const breaks = verdict === "holds" ? "" : ` If it is false: ${ifFalse}`;
  const words = { holds: `${says} Seen: `, differs: "", "not tried": `${says} ` };
  return `- **${id}** (${timeOf(new Date(at))}${older}) ${words[verdict]}${seen}${breaks}`;
}

const timeOf = (date: Date) => date.toISOString().slice(0, 16).replace("T", " ");
