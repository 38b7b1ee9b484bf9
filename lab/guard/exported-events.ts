import type { CodeFacts } from "../../src/guard/guarded-code.ts";
import { codeKindOf } from "../../src/okta/ids.ts";

/** A row of guard-events.kql. Times are in milliseconds since 1970. */
export type ExportedEvent = ExportedCode | ExportedUse;

interface ExportedCode {
  readonly event: "code";
  readonly at: number;
  readonly id: string;
  readonly code: CodeFacts;
  /** False where 8x8 did not take it. */
  readonly taken: boolean;
}

interface ExportedUse {
  readonly event: "used";
  readonly at: number;
  readonly id: string;
  readonly publishedAt: number;
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
  const [at, id] = [Date.parse(text("at")), text("id")];
  if (Number.isNaN(at)) return undefined;
  // An export of an earlier version does not say when Okta published the event.
  if (text("event") === "used") return { event: "used", at, id, publishedAt: Date.parse(text("published")) || at };
  if (text("event") !== "code") return undefined;
  const code: CodeFacts = {
    kind: codeKindOf(text("requestType")),
    // A company without the hash key has events without a hash: then each code is of a number of its own.
    phoneKey: text("phone") || id,
    userKey: text("user") || undefined,
    range: text("range"),
    country: text("country") || `+${text("callingCode")}`,
  };
  return { event: "code", at, id, code, taken: !["rejected", "unavailable"].includes(text("outcome")) };
}
