import { ZodError } from "zod";
import { optionOf, type Ask } from "./asks.ts";
import { isTried, type Assumption, type Tried } from "./assumption.ts";
import {
  Difference,
  differs,
  NotSetUp,
  notTried,
  redact,
  wordsOf,
  type Entry,
  type Finding,
} from "./finding.ts";
import type { Live } from "./live.ts";
import type { Saw } from "./usage.ts";

export interface RunOptions {
  /** Results of earlier runs, by id. */
  readonly before?: ReadonlyMap<string, Entry>;
  /** Does not repeat a test whose assumption held before. */
  readonly keep?: boolean;
  /** Ids of differences to ignore: tests that depend on them run anyway. */
  readonly anyway?: ReadonlySet<string>;
  /** Values that must not be in the report. */
  readonly secrets: () => readonly string[];
  /** Called with each result at once, because a run can be stopped. */
  readonly onEntry: (entry: Entry, one: Assumption) => void;
  /** Stops the run, even in the middle of a test. */
  readonly signal?: AbortSignal;
}

const disturbing: readonly (Ask | undefined)[] = ["restart", "cold-start", "alert"];
const dayMs = 86_400_000;

/**
 * Tests the assumptions one after the other. If an assumption is false or its host could not be
 * reached, the tests that depend on it are skipped, with the reason `waits`.
 */
export async function run(
  assumptions: readonly Assumption[],
  live: Live,
  options: RunOptions,
): Promise<Entry[]> {
  const { before, keep = false, anyway, secrets, onEntry, signal } = options;
  const entries: Entry[] = [];
  /** Id of the test that failed first, by the id of each test that failed or waits. */
  const causes = new Map<string, string>();
  for (const one of assumptions) {
    signal?.throwIfAborted();
    const known = before?.get(one.id);
    const after = isTried(one) ? (one.after ?? []) : [];
    const cause = after
      .map((id) => causes.get(id))
      .find((id) => id !== undefined && !anyway?.has(id));
    let entry: Entry;
    if (keep && known?.verdict === "holds") entry = known;
    else {
      const finding = await raced(tryOne(one, live, cause), signal);
      const words = finding.verdict === "differs" ? `Expected: ${one.says} Came: ` : "";
      const seen = words + (isTried(one) ? redact(finding.seen, secrets()) : finding.seen);
      entry = { id: one.id, ...finding, seen, at: new Date().toISOString() };
      if (finding.verdict === "differs" || entry.why === "not reached") causes.set(one.id, one.id);
      if (entry.why === "waits") causes.set(one.id, cause ?? one.id);
    }
    // If a test was not asked for this time, the earlier result stays, from a run or a person.
    const isLeft = entry.why === "look" || (entry.why === "not asked" && isKnown(known));
    const shown = isLeft ? (known ?? entry) : entry;
    entries.push(shown);
    onEntry(shown, one);
  }
  return entries;
}

const isKnown = (known: Entry | undefined) =>
  known !== undefined && (known.verdict !== "not tried" || known.why === "not set up");

/** Rejects as soon as the run is stopped, even if the test still waits. */
async function raced<Value>(test: Promise<Value>, signal?: AbortSignal): Promise<Value> {
  if (signal === undefined) return test;
  const { promise: stopped, reject } = Promise.withResolvers<never>();
  const stop = () => {
    reject(signal.reason as Error);
  };
  signal.addEventListener("abort", stop);
  try {
    return await Promise.race([test, stopped]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

async function tryOne(one: Assumption, live: Live, cause: string | undefined): Promise<Finding> {
  if (!isTried(one)) return notTried("look", `${one.look} It holds if: ${one.passes}`);
  const { needs } = one;
  if (needs !== undefined && !live.asked.has(needs))
    return notTried("not asked", `${optionOf(needs)} tries it.`);
  if (cause !== undefined)
    return notTried("waits", `It needs ${cause}. To try it anyway, add --anyway ${cause}.`);
  try {
    if (disturbing.includes(needs) && !live.force && (await sentToday(live)))
      return notTried(
        "not asked",
        "The app sent codes in the last day. Add --force to try this anyway.",
      );
    return await attemptOf(one, live);
  } catch (error) {
    return notTried(error instanceof NotSetUp ? "not set up" : "not reached", wordsOf(error));
  }
}

async function attemptOf({ attempt }: Tried, live: Live): Promise<Finding> {
  try {
    return await attempt(live);
  } catch (error) {
    if (error instanceof Difference) return error.finding;
    if (!(error instanceof ZodError)) throw error;
    return differs("The answer does not have the documented format.", "the API has changed.");
  }
}

async function sentToday(live: Live): Promise<boolean> {
  const since = new Date(Date.now() - dayMs);
  const where = ["outcome", "accepted"] as const;
  const azure = await live.azure();
  return (
    (await azure.rows({ table: "customEvents", name: "otp-delivery", since, where })).length > 0
  );
}

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
