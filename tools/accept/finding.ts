import * as z from "zod";

/** Why a result is unknown. `waits`: for another result. `look`: only a person can check it. */
export const reasons = ["not asked", "not set up", "not reached", "waits", "look"] as const;
export type Reason = (typeof reasons)[number];

/** `seen` has the result and its likely cause. It contains only numbers and known words. */
export type Finding =
  | { readonly verdict: "holds" | "differs"; readonly seen: string }
  | { readonly verdict: "not tried"; readonly why: Reason; readonly seen: string };

export const holds = (seen: string): Finding => ({ verdict: "holds", seen });
export const differs = (seen: string, cause: string): Finding => ({
  verdict: "differs",
  seen: `${seen} Likely cause: ${cause}`,
});
export const judge = (isTrue: boolean, seen: string, cause: string): Finding =>
  isTrue ? holds(seen) : differs(seen, cause);
export const notTried = (why: Reason, seen: string): Finding => ({
  verdict: "not tried",
  why,
  seen,
});

/** The finding of one assumption, as the report holds it. */
export const entry = z.object({
  id: z.string(),
  verdict: z.enum(["holds", "differs", "not tried"]),
  /** Only for an assumption that was not tried. */
  why: z.enum(reasons).optional(),
  seen: z.string(),
  /** When the assumption was tried, or when a person's result was recorded. */
  at: z.iso.datetime(),
});
export type Entry = z.infer<typeof entry>;

/** Thrown by a test that finds its assumption false. */
export class Difference extends Error {
  override readonly name = "Difference";
  readonly finding: Finding;

  constructor(seen: string, cause: string) {
    super(seen);
    this.finding = differs(seen, cause);
  }
}

/** Thrown if the environment or this terminal lacks what a test needs. */
export class NotSetUp extends Error {
  override readonly name = "NotSetUp";
}

/** Returns one of our own sentences, or the first line of a library's message. */
export function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return "The test failed without a message.";
  if (/Authentication|CredentialUnavailable/.test(error.name))
    return "You are not signed in to Azure. Run `az login`.";
  return error.message.split("\n", 1)[0] ?? "";
}

const oktaHosts = "okta(?:-emea|-gov|preview)?\\.com|okta\\.mil";
const names: readonly RegExp[] = [
  /[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/gi,
  /\b(?=[A-Za-z\d_-]*\d)[A-Za-z\d_-]{17,}\b/g,
  /[\w.-]+@[\w.-]+/g,
  new RegExp(
    `\\b[\\w-]+(?:\\.[\\w-]+)*\\.(?:azurewebsites\\.net|vault\\.azure\\.net|(?:${oktaHosts}))\\b`,
    "gi",
  ),
  /\b(?:kv|rg|func)-[\w-]+/g,
  /(?<=environments\/)[\w-]+|(?<=--env )[\w-]+/g,
];

/**
 * Removes numbers, secrets, addresses, people, tenants, users and names of resources, which an
 * error or an answer may hold. Okta's error codes, such as E0000135, stay.
 */
export function redact(text: string, secrets: readonly string[]): string {
  const known = secrets
    .filter((secret) => secret.length > 3)
    .reduce((all, secret) => all.replaceAll(secret, "…"), text);
  return names
    .reduce((all, name) => all.replace(name, "…"), known)
    .replace(/\bE\d{7}\b|\+?\d{6,}/g, (found) => (found.startsWith("E") ? found : "…"));
}
