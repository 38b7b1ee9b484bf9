import type { Assumption } from "./assumption.ts";
import { notTried } from "./finding.ts";
import { redact } from "./redact.ts";
import type { Entry } from "./entry.ts";
import type { Saw } from "./usage.ts";

/** Returns all known results, including what a person saw now. */
export function entriesWith(
  { id, verdict, note }: Saw,
  assumptions: readonly Assumption[],
  before: ReadonlyMap<string, Entry>,
): readonly Entry[] {
  const seen = redact(note.trim(), []);
  const at = new Date().toISOString();
  const recorded = { yes: "holds", no: "differs" } as const;
  const entry: Entry =
    verdict === "unused"
      ? { id, ...notTried("not set up", seen), at }
      : { id, verdict: recorded[verdict], seen, at };
  return assumptions.flatMap((one) => (one.id === id ? entry : (before.get(one.id) ?? [])));
}
