/** Why it is unknown: `waits` for another one, or `look` if only a person can look at it. */
export const reasons = ["not asked", "not set up", "not reached", "waits", "look"] as const;
export type Reason = (typeof reasons)[number];

/** `seen` holds numbers and words of closed lists: what came, and the likely cause. */
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

/** Ends a test whose assumption is false by what it came upon. */
export class Difference extends Error {
  override readonly name = "Difference";
  readonly finding: Finding;

  constructor(seen: string, cause: string) {
    super(seen);
    this.finding = differs(seen, cause);
  }
}

/** The environment, or this terminal, does not have what a test needs. */
export class NotSetUp extends Error {
  override readonly name = "NotSetUp";
}

/** A sentence of ours, or the first line of a library's. */
export function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return "The test broke off.";
  if (/Authentication|CredentialUnavailable/.test(error.name))
    return "You are not signed in to Azure. Run `az login`.";
  return error.message.split("\n", 1)[0] ?? "";
}
