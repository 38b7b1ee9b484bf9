import * as z from "zod";
import { parseJson } from "../../../src/privacy/json.ts";
import type { CodeFacts } from "../../../src/guard/guarded-code.ts";
import { codeKindOf } from "../../../src/okta/words.ts";
import type { Prices } from "./prices.ts";

/** A requested code. Times are in ms since 1970. */
export interface ExportedCode extends Omit<CodeFacts, "knownRange"> {
  readonly at: number;
  readonly range: string;
  /** False if 8x8 did not accept the code. */
  readonly taken: boolean;
  /** When Okta published its event about the used code, and when that event arrived. */
  readonly used: { readonly publishedAt: number; readonly at: number } | undefined;
}

const exported = z.object({
  tables: z.tuple([
    z.object({
      columns: z.array(z.object({ name: z.string() })),
      rows: z.array(z.array(z.unknown())),
    }),
  ]),
});
const cell = z.union([z.string(), z.number().transform(String)]).catch("");
const row = z.record(z.string(), cell);
type Row = z.infer<typeof row>;

function rowsIn(text: string): Row[] {
  const [table] = exported.safeParse(parseJson(text)).data?.tables ?? [];
  return (table?.rows ?? []).map((cells) =>
    row.parse(
      Object.fromEntries(cells.map((cell, index) => [table?.columns[index]?.name ?? "", cell])),
    ),
  );
}

/** Reads the prices by country from the last receipts. */
export function readPrices(text: string): Prices {
  const prices = rowsIn(text).filter(({ event, price }) => event === "price" && price);
  return new Map(
    prices.map(({ country = "", price, currency = "" }) => [
      country,
      { amount: Number(price), currency },
    ]),
  );
}

/** Reads az's output for guard-events.kql, sorted by time. Throws if there is no code. */
export function readExport(text: string): readonly ExportedCode[] {
  const rows = rowsIn(text);
  const timed = rows.filter(({ at }) => !Number.isNaN(timeOf(at)));
  // Okta can report a used code twice. The first event counts.
  const uses = new Map<string, ExportedCode["used"]>();
  for (const { event, id = "", at, published } of timed)
    if (event === "used" && id !== "" && !uses.has(id))
      uses.set(id, { at: timeOf(at), publishedAt: timeOf(published) });
  const codes = timed
    .filter(({ event }) => event === "code")
    .map((code) => codeIn(code, uses.get(code["id"] ?? "")));
  if (codes.length === 0)
    throw new Error(
      "The file has no codes. Export them with infra/queries/export/guard-events.kql as in docs/guard.md.",
    );
  return codes.sort((one, other) => one.at - other.at);
}

function codeIn({ at, id = "", ...cells }: Row, used: ExportedCode["used"]): ExportedCode {
  const {
    phone,
    user,
    range = "",
    country,
    callingCode,
    requestType,
    outcome = "",
    channel,
  } = cells;
  return {
    at: timeOf(at),
    kind: codeKindOf(requestType),
    channel: channel === "voice" ? "voice" : "sms",
    // Without a hash key, telemetry has no phone hash. Each code then counts as another phone.
    phoneKey: phone || id,
    userKey: user || undefined,
    range,
    country: country || `+${callingCode ?? ""}`,
    taken: !["rejected", "unavailable"].includes(outcome),
    used,
  };
}

function timeOf(text = ""): number {
  return Date.parse(text);
}
