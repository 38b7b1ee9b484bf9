import { type Assumption, type Finding, notTried } from "./assumption.ts";
import type { Live } from "./live.ts";
import { redact, type Entry } from "./report.ts";

export interface RunOptions {
  /** What was found before. What held is not tried again. */
  readonly before?: ReadonlyMap<string, Entry>;
  /** What must not stand in the report. */
  readonly secrets: () => readonly string[];
  /** Called for each, as soon as it is known: a run can be stopped. */
  readonly onEntry: (entry: Entry, one: Assumption) => void;
}

/** What disturbs the app, where codes were sent in the last day. */
const disturbing: readonly Assumption["needs"][] = ["restart", "cold-start", "alert"];
const dayMs = 86_400_000;

/**
 * Tries one after the other. What reaches a person is tried where nothing before it differs or
 * broke off.
 */
export async function run(
  assumptions: readonly Assumption[],
  live: Live,
  options: RunOptions,
): Promise<Entry[]> {
  const { before = new Map<string, Entry>(), secrets, onEntry } = options;
  const entries: Entry[] = [];
  let unsound: string | undefined;
  for (const one of assumptions) {
    const known = before.get(one.id);
    let found: Entry;
    if (known?.verdict === "holds") found = known;
    else {
      const { broke, ...finding } = await tryOne(one, live, unsound);
      found = {
        id: one.id,
        verdict: finding.verdict,
        seen: one.attempt === undefined ? finding.seen : redact(finding.seen, secrets()),
        at: new Date().toISOString(),
      };
      if (broke || finding.verdict === "differs") unsound ??= one.id;
    }
    entries.push(found);
    onEntry(found, one);
  }
  return entries;
}

async function tryOne(
  { attempt, needs, look = "" }: Assumption,
  live: Live,
  unsound: string | undefined,
): Promise<Finding & { readonly broke: boolean }> {
  const sound = { broke: false };
  if (attempt === undefined) return { ...notTried(look), ...sound };
  if (needs !== undefined && !live.asked.has(needs))
    return { ...notTried(`Asked for with --${needs}.`), ...sound };
  if (needs !== undefined && unsound !== undefined)
    return { ...notTried(`${unsound} has to hold first.`), ...sound };
  try {
    if (disturbing.includes(needs) && !live.force && (await sentToday(live)))
      return {
        ...notTried("Codes were sent in the last day. --force tries it all the same."),
        ...sound,
      };
    return { ...(await attempt(live)), ...sound };
  } catch (error) {
    // Where it was not known how to reach something, nobody knows what it does.
    return { ...notTried(wordsOf(error)), broke: true };
  }
}

/** A sentence of ours, or the first line of a library's. */
export function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return "It broke off.";
  if (error.name === "ZodError") return "It answers in a form that is not known here.";
  if (/Authentication|CredentialUnavailable/.test(error.name))
    return "Azure knows nobody here: az login.";
  return error.message.split("\n", 1)[0] ?? "";
}

async function sentToday(live: Live): Promise<boolean> {
  const since = new Date(Date.now() - dayMs);
  const where = ["outcome", "accepted"] as const;
  return (
    (await (await live.azure()).rows({ table: "customEvents", name: "otp-delivery", since, where }))
      .length > 0
  );
}
