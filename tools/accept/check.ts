import * as z from "zod";

export const optionOf = { phone: "--phone +…", "sign-in": "--sign-in" } as const;
export type Option = keyof typeof optionOf;

/** A statement about a live deployment, and a function that checks the statement. */
export interface Check<Live> {
  readonly id: string;
  readonly says: string;
  readonly page: string;
  /** What breaks if the statement is false. */
  readonly breaks: string;
  readonly needs?: Option;
  /** Ids of earlier checks whose failure would make this check fail for the same reason. */
  readonly after?: readonly string[];
  /** Returns a sentence about what the check saw, or throws a `Finding`. */
  readonly run: (live: Live) => Promise<string>;
}

export interface Result {
  readonly id: string;
  readonly result: "holds" | "differs" | "not shown" | "not here";
  /** What the check saw, or why the check could not decide, without secrets and personal data. */
  readonly seen: string;
  readonly cause?: string;
  /** True if what the check tried worked, but not as it should. */
  readonly isWarning?: boolean;
}

/** The result of a check that does not hold. `run` throws it. */
export class Finding extends Error {
  override readonly name = "Finding";
  readonly outcome: Omit<Result, "id">;

  constructor(outcome: Omit<Result, "id">) {
    super([outcome.seen, outcome.cause && `Likely cause: ${outcome.cause}`].join(" ").trim());
    this.outcome = outcome;
  }
}

export const difference = (seen: string, cause: string) =>
  new Finding({ result: "differs", seen, cause });

/** Unlike after other differences, the checks that depend on the check still run. */
export const warning = (seen: string, cause: string) =>
  new Finding({ result: "differs", seen, cause, isWarning: true });

/** The check cannot decide, because of a vendor, the sign-in or missing time. */
export const notShown = (seen: string) => new Finding({ result: "not shown", seen });

/** There is nothing to check, because of the environment's values or the options. */
export const notHere = (seen: string) => new Finding({ result: "not here", seen });

export function unless(isTrue: boolean, seen: string, cause: string): void {
  if (!isTrue) throw difference(seen, cause);
}

interface Running {
  readonly asked: Readonly<Record<Option, boolean>>;
  /** Values that the report must not contain. */
  readonly secrets: readonly string[];
  /** Called after each check, because the operator can stop the run before the last check. */
  readonly onResult: (result: Result) => void;
}

export async function runChecks<Live>(
  checks: readonly Check<Live>[],
  live: Live,
  { asked, secrets, onResult }: Running,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  /** Maps the id of a failed or skipped check to the id of the check that failed first. */
  const blocked = new Map<string, string>();
  /** Several checks can meet the same error, because they share what the run has read. */
  const met = new Map<unknown, string>();

  async function outcomeOf(check: Check<Live>): Promise<Omit<Result, "id">> {
    const { id, needs, after = [], run } = check;
    if (needs !== undefined && !asked[needs])
      return { result: "not here", seen: `To run this check, add ${optionOf[needs]}.` };
    let first = after.map((one) => blocked.get(one)).find((one) => one !== undefined);
    try {
      if (first === undefined) return { result: "holds", seen: await run(live) };
    } catch (error) {
      const outcome = readError(error);
      const isBlocking = outcome.result === "differs" && outcome.isWarning !== true;
      first = met.get(error);
      if (isBlocking) met.set(error, id);
      if (isBlocking) blocked.set(id, id);
      if (first === undefined) return outcome;
    }
    blocked.set(id, first);
    return { result: "not shown", seen: `This check depends on the check ${first}.` };
  }

  for (const check of checks) {
    const outcome = await outcomeOf(check);
    const result = { id: check.id, ...outcome, seen: redact(outcome.seen, secrets) };
    results.push(result);
    onResult(result);
  }
  return results;
}

function readError(error: unknown): Omit<Result, "id"> {
  if (error instanceof Finding) return error.outcome;
  if (!(error instanceof z.ZodError)) return { result: "not shown", seen: wordsOf(error) };
  const paths = error.issues.map(({ path }) => path.map(String).join(".") || "the answer");
  const seen = `An answer does not have the documented format: ${[...new Set(paths)].join(", ")}.`;
  return { result: "differs", seen, cause: "another server answers, or the API has changed." };
}

/** Returns the first line of an error's message, or what to do if the Azure sign-in is missing. */
export function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return "The check failed without a message.";
  if (/Authentication|CredentialUnavailable/.test(error.name))
    return "You are not signed in to Azure. Run `az login`.";
  return error.message.split("\n", 1)[0] ?? "";
}

/** Hides text from outside that is not a word or a name, because the text could be a secret. */
export function plain(what: unknown): string {
  const all = (Array.isArray(what) ? what : [what]).map(String);
  return all.map((one) => (/^[\w-]{1,60}$/.test(one) ? one : "…")).join(" ");
}

export const inSeconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;

const names: readonly RegExp[] = [
  /[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/gi,
  /\b(?=[A-Za-z\d_-]*\d)[A-Za-z\d_-]{17,}\b/g,
  /[\w.+-]+@[\w.-]+/g,
  /\b(?:[\w-]+\.)+(?:azurewebsites\.net|vault\.azure\.net|okta(?:-emea|-gov|preview)?\.com|okta\.mil)\b/gi,
  /\b(?:kv|rg|func)-[\w-]+/g,
];

/** Removes secrets, personal data and names of resources, but keeps Okta's error codes. */
export function redact(text: string, secrets: readonly string[]): string {
  const known = secrets
    .filter((secret) => secret.length > 3)
    .reduce((all, secret) => all.replaceAll(secret, "…"), text);
  return names
    .reduce((all, name) => all.replace(name, "…"), known)
    .replace(/\bE\d{7}\b|\+?\d{6,}/g, (found) => (found.startsWith("E") ? found : "…"));
}
