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
  /** Returns a sentence about what the check saw. Throws `Difference` or `NotShown`. */
  readonly run: (live: Live) => Promise<string>;
}

export interface Result {
  readonly id: string;
  readonly result: "holds" | "differs" | "not shown";
  /** What the check saw, or why the check could not decide, without secrets and personal data. */
  readonly seen: string;
  readonly cause?: string;
}

export class Difference extends Error {
  override readonly name = "Difference";
  override readonly cause: string;

  constructor(seen: string, cause: string) {
    super(seen);
    this.cause = cause;
  }
}

/** Unlike other differences, a Warning does not skip the checks that depend on the failed check. */
export class Warning extends Difference {}

/** Thrown if a check cannot decide, because of the deployment, the options or a vendor. */
export class NotShown extends Error {
  override readonly name = "NotShown";
}

export function unless(isTrue: boolean, seen: string, cause = ""): void {
  if (!isTrue) throw new Difference(seen, cause);
}

interface Running {
  readonly asked: Readonly<Record<Option, boolean>>;
  /** Values that the report must not contain. Checks can add values. */
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
  for (const check of checks) {
    const { id, needs, after = [] } = check;
    const first = after.map((one) => blocked.get(one)).find((one) => one !== undefined);
    let outcome: Omit<Result, "id">;
    if (needs !== undefined && !asked[needs])
      outcome = { result: "not shown", seen: `To run this check, add ${optionOf[needs]}.` };
    else if (first !== undefined) {
      outcome = { result: "not shown", seen: `This check depends on the check ${first}.` };
      blocked.set(id, first);
    } else
      outcome = await check.run(live).then(
        (seen) => ({ result: "holds" as const, seen }),
        (error: unknown) => {
          if (!(error instanceof NotShown || error instanceof Warning)) blocked.set(id, id);
          return outcomeOf(error);
        },
      );
    const result = { id, ...outcome, seen: redact(outcome.seen, secrets) };
    results.push(result);
    onResult(result);
  }
  return results;
}

function outcomeOf(error: unknown): Omit<Result, "id"> {
  if (error instanceof Difference)
    return { result: "differs", seen: error.message, cause: error.cause };
  if (error instanceof z.ZodError) {
    const paths = error.issues.map(({ path }) => path.map(String).join(".") || "the answer");
    const seen = `An answer does not have the documented format: ${[...new Set(paths)].join(", ")}.`;
    return { result: "differs", seen, cause: "another server answers, or the API has changed." };
  }
  return { result: "not shown", seen: wordsOf(error) };
}

/** Returns the first line of an error's message, or what to do if the Azure sign-in is missing. */
export function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return "The check failed without a message.";
  if (/Authentication|CredentialUnavailable/.test(error.name))
    return "You are not signed in to Azure. Run `az login`.";
  return error.message.split("\n", 1)[0] ?? "";
}

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
