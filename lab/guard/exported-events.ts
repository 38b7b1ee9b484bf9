import type { GuardReason } from "../../src/delivery/outcome.ts";
import type { GuardSettings } from "../../src/guard/guard-settings.ts";
import type { GuardedCode } from "../../src/guard/guard.ts";
import { requestTypeOf } from "../../src/okta/request-type.ts";
import { align } from "./columns.ts";
import { percent } from "./measure.ts";
import { createLoneGuard } from "./replay.ts";

/** A row of guard-events.kql. */
export interface ExportedEvent {
  readonly at: number;
  readonly event: "code" | "used";
  readonly id: string;
  readonly code: GuardedCode;
}

export interface Refused {
  readonly id: string;
  readonly code: GuardedCode;
  readonly reason: GuardReason;
  /** Somebody was waiting for it. */
  used: boolean;
}

export interface Replayed {
  readonly codes: number;
  readonly used: number;
  readonly from: number;
  readonly until: number;
  readonly feedAlive: boolean;
  readonly refused: readonly Refused[];
}

interface Table {
  readonly columns: readonly { readonly name: string }[];
  readonly rows: readonly (readonly unknown[])[];
}

/** Of what `az monitor app-insights query` prints. */
export function readEvents(text: string): ExportedEvent[] {
  const table = tableIn(text);
  const names = table?.columns.map(({ name }) => name) ?? [];
  const rows =
    table?.rows.map((cells) =>
      Object.fromEntries(cells.map((cell, index): [string, unknown] => [names[index] ?? "", cell])),
    ) ?? [];
  const events = rows.map(eventIn).filter((event) => event !== undefined);
  if (events.length === 0) throw new Error("The file holds no row of guard-events.kql, as az prints it in JSON.");
  return events.sort((one, other) => one.at - other.at);
}

function tableIn(text: string): Table | undefined {
  try {
    return (JSON.parse(text) as { readonly tables?: readonly Table[] }).tables?.[0];
  } catch {
    return undefined;
  }
}

function eventIn(row: Readonly<Record<string, unknown>>): ExportedEvent | undefined {
  const text = (name: string) => (typeof row[name] === "string" ? row[name] : "");
  const [at, event, id] = [Date.parse(text("at")), text("event"), text("id")];
  if (Number.isNaN(at) || (event !== "code" && event !== "used")) return undefined;
  const code: GuardedCode = {
    // A company without the hash key has events without a hash: then each code is of a number of its own.
    phoneKey: text("phone") || id,
    userKey: text("user") || undefined,
    range: text("range"),
    country: text("country") || `+${text("callingCode")}`,
    requestType: requestTypeOf(text("requestType")),
  };
  return { at, event, id, code };
}

/** The codes went out: what the guard refuses here, it would have refused. A code is used where Okta has told so. */
export function replayEvents(events: readonly ExportedEvent[], settings: GuardSettings): Replayed {
  const guard = createLoneGuard(settings);
  const codes = new Map<string, GuardedCode>();
  const refused = new Map<string, Refused>();
  let used = 0;
  for (const { at, event, id, code } of events) {
    if (event === "code") {
      codes.set(id, code);
      const verdict = guard.judge(code, at);
      if (verdict !== undefined) refused.set(id, { id, code, reason: verdict.reason, used: false });
      continue;
    }
    const sent = codes.get(id);
    if (sent === undefined) continue;
    // Okta may tell it twice.
    codes.delete(id);
    used += 1;
    guard.verified(sent, at);
    const wrongly = refused.get(id);
    if (wrongly !== undefined) wrongly.used = true;
  }
  const [from = 0, until = 0] = [events[0]?.at, events.at(-1)?.at];
  const count = events.filter(({ event }) => event === "code").length;
  return { codes: count, used, from, until, feedAlive: guard.feedAlive(until), refused: [...refused.values()] };
}

const shown = 20;

export function describeEvents({ codes, used, from, until, feedAlive, refused }: Replayed): string {
  const time = (at: number) => new Date(at).toISOString().slice(0, 16).replace("T", " ");
  const wrongly = refused.filter((one) => one.used).length;
  const share = codes === 0 ? 0 : refused.length / codes;
  return [
    `${codes} codes from ${time(from)} to ${time(until)} UTC, ${used} of them used.`,
    feedAlive ? "Outcomes come in." : "Outcomes do not come in: the unverified rules refuse nothing.",
    `Enforcing would have refused ${refused.length} (${percent(share)}), of which ${wrongly} were used: each of these a person without a code.`,
    "",
    group("rule", refused, ({ reason }) => reason),
    "",
    group("country", refused, ({ code }) => code.country),
    "",
    group("range", refused, ({ code }) => `${code.range}…`),
    ...(wrongly === 0 ? [] : ["", "A range whose refused codes were used belongs into GUARD_EXEMPT_RANGES."]),
  ].join("\n");
}

function group(head: string, refused: readonly Refused[], by: (one: Refused) => string): string {
  const groups = [...Map.groupBy(refused, by)].sort(([, one], [, other]) => other.length - one.length);
  const rows = groups
    .slice(0, shown)
    .map(([name, all]) => [name, String(all.length), String(all.filter(({ used }) => used).length)]);
  return align([[head, "would be refused", "used"], ...rows]);
}
