import { existsSync, lstatSync, readFileSync, writeFileSync } from "node:fs";
import * as z from "zod";
import { parseJson } from "../../src/delivery/json.ts";
import { refuseTracked } from "../okta/untracked-file.ts";
import { askNames, asks, optionOf } from "./asks.ts";
import type { Assumption } from "./assumption.ts";

const entry = z.object({
  id: z.string(),
  verdict: z.enum(["holds", "differs", "not tried"]),
  seen: z.string(),
  /** When it was tried. */
  at: z.string(),
});
export type Entry = z.infer<typeof entry>;
const report = z.object({ environment: z.string(), entries: z.array(entry) });

const files = { json: "accept-report.json", markdown: "accept-report.md" };

/** Throws if a branch brought a report, which would be believed, or a link in its place. */
export function refuseBroughtReport(): void {
  for (const file of Object.values(files))
    if (lstatSync(file, { throwIfNoEntry: false })) refuseTracked(file);
}

/** What an earlier run found, by id. Nothing where it was of another environment. */
export function readReport(environment: string): ReadonlyMap<string, Entry> {
  const read = existsSync(files.json)
    ? report.safeParse(parseJson(readFileSync(files.json, "utf8"))).data
    : undefined;
  const entries = read?.environment === environment ? read.entries : [];
  return new Map(entries.map((one) => [one.id, one]));
}

export function writeReport(
  environment: string,
  assumptions: readonly Assumption[],
  entries: readonly Entry[],
): void {
  writeFileSync(files.json, `${JSON.stringify({ environment, entries }, null, 2)}\n`);
  writeFileSync(files.markdown, describe(environment, assumptions, entries));
}

const sections = {
  differs: "Differs: mend these, or tell us",
  "not tried": "Still unknown",
  holds: "Holds",
} as const satisfies Record<Entry["verdict"], string>;

/**
 * The verdict of all, in a sentence: what a run that was stopped has not come to is unknown too.
 */
export function summaryOf(assumptions: readonly Assumption[], entries: readonly Entry[]): string {
  const count = (verdict: Entry["verdict"]) =>
    entries.filter((one) => one.verdict === verdict).length;
  const [hold, differ] = [count("holds"), count("differs")];
  const unknown = assumptions.length - hold - differ;
  const verdict =
    differ > 0 ? "Not as assumed" : unknown > 0 ? "Nothing differs so far" : "All is as assumed";
  return `${verdict}: ${hold} hold, ${differ} differ, ${unknown} unknown.`;
}

/** With the options that would try what was only not asked for, and what each does. */
function howToRunAgain(
  environment: string,
  assumptions: readonly Assumption[],
  entries: readonly Entry[],
): string {
  const known = entries.filter(({ verdict }) => verdict !== "not tried").map(({ id }) => id);
  const missing = askNames.filter((ask) =>
    assumptions.some(({ id, needs }) => needs === ask && !known.includes(id)),
  );
  // A laptop's run asks for all that its stand-ins can show.
  const options = environment === "local" ? [] : missing;
  const command = ["npm run accept --", environment, ...options.map(optionOf)].join(" ");
  const lines = options.map((ask) => `- \`${optionOf(ask)}\`: ${asks[ask]}.`);
  return [
    `To run it again, which tries only what does not hold yet: \`${command}\``,
    ...lines,
  ].join("\n");
}

export function describe(
  environment: string,
  assumptions: readonly Assumption[],
  entries: readonly Entry[],
): string {
  const saysOf = new Map(assumptions.map((one) => [one.id, one]));
  const line = ({ id, verdict, seen }: Entry) => {
    const { says = "", ifFalse = "" } = saysOf.get(id) ?? {};
    const known = verdict === "holds" ? "" : ` If it is false: ${ifFalse}`;
    return `- **${id}** ${says} ${verdict === "not tried" ? "Why not tried" : "Seen"}: ${seen}${known}`;
  };
  const parts = Object.entries(sections).map(([verdict, title]) => {
    const some = entries.filter((one) => one.verdict === verdict);
    return `## ${title} (${some.length})\n\n${some.map(line).join("\n") || "None."}\n`;
  });
  return `# Acceptance run of ${environment}, ${new Date().toISOString().slice(0, 10)}

**${summaryOf(assumptions, entries)}** ${howToRunAgain(environment, assumptions, entries)}

Each line below is something that okta-8x8-telephony read in a vendor's page and leans on. docs/live.md has the sources.

${parts.join("\n")}`;
}

/**
 * What can stand in an error's words or in an answer of somebody's: no number, secret, address,
 * person, tenant or user is left in it.
 */
export function redact(text: string, secrets: readonly string[]): string {
  const known = secrets
    .filter((secret) => secret.length > 3)
    .reduce((all, secret) => all.replaceAll(secret, "…"), text);
  return known
    .replace(/[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/gi, "…")
    .replace(/\b(?=[A-Za-z\d_-]*\d)[A-Za-z\d_-]{17,}\b/g, "…")
    .replace(/\+?\d{6,}/g, "…")
    .replace(/[\w.-]+@[\w.-]+/g, "…")
    .replace(
      /\b[\w-]+(?:\.[\w-]+)*\.(?:azurewebsites\.net|vault\.azure\.net|(?:okta(?:-emea|-gov|preview)?\.com|okta\.mil))\b/gi,
      "…",
    )
    .replace(/\bkv-[\w-]+/g, "…");
}
