import type { Answer } from "./stand-in.ts";

/** A row as the app wrote it. Properties named `…@odata.type` have the types. */
export type Entity = Readonly<Record<string, unknown>>;

interface Row {
  entity: Entity;
  etag: string;
}

/** Rows by partition and row key, in the order of the keys. */
export type Rows = Map<string, Row>;

const pageSize = 2;

export const withEtag = ({ entity, etag }: Row): Entity => ({ "odata.etag": etag, ...entity });

/** Returns one page of a query, or undefined for a filter that the app's tables do not use. */
export const listRows = (rows: Rows, query: URLSearchParams): Answer | undefined => {
  const holds = readFilter(query.get("$filter") ?? "");
  if (holds === undefined) return undefined;
  const columns = query.get("$select")?.split(",");
  const all = [...rows].filter(([, { entity }]) => holds(entity));
  const from = all.findIndex(([key]) => key >= (query.get("NextPartitionKey") ?? ""));
  const page = from < 0 ? [] : all.slice(from, from + pageSize);
  const next = from < 0 ? undefined : all[from + pageSize]?.[0];
  const value = page.map(([, row]) => {
    const entries = Object.entries(row.entity).filter(([name]) => columns?.includes(name) ?? true);
    return withEtag({ ...row, entity: Object.fromEntries(entries) });
  });
  const headers = next && {
    "x-ms-continuation-NextPartitionKey": next,
    "x-ms-continuation-NextRowKey": "-",
  };
  return { status: 200, body: { value }, ...(headers && { headers }) };
};

/**
 * Reads the OData filters that the app's tables use: comparisons of texts and times with `eq` or
 * `lt`, joined by `and`.
 * https://learn.microsoft.com/rest/api/storageservices/querying-tables-and-entities
 */
const readFilter = (text: string): ((row: Entity) => boolean) | undefined => {
  const conditions = text.split(" and ").map((condition) => {
    const [, column = "", operator, kind, written = ""] =
      /^(\w+) (eq|lt) (datetime)?'([^']*)'$/.exec(condition) ?? [];
    if (column === "") return undefined;
    const valueOf = (value: unknown) =>
      kind === undefined ? String(value) : Date.parse(String(value));
    return (row: Entity) =>
      operator === "eq"
        ? valueOf(row[column]) === valueOf(written)
        : valueOf(row[column]) < valueOf(written);
  });
  const known = conditions.filter((condition) => condition !== undefined);
  return known.length < conditions.length ? undefined : (row) => known.every((holds) => holds(row));
};
