/** Why a result is unknown. `waits`: for another result. `look`: only a person can check it. */
export const reasons = ["not asked", "not set up", "not reached", "waits", "look"] as const;
export type Reason = (typeof reasons)[number];

/** `seen` has what came and the likely cause, in numbers and words of closed lists. */
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
  if (!(error instanceof Error)) return "The test broke off.";
  if (/Authentication|CredentialUnavailable/.test(error.name))
    return "You are not signed in to Azure. Run `az login`.";
  return error.message.split("\n", 1)[0] ?? "";
}
