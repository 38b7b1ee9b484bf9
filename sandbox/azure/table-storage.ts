import { randomBytes } from "node:crypto";
import type { Certificates } from "./certificates.ts";
import type { FakeIdentity } from "./identity.ts";
import { startStandIn, type Answer, type StandIn } from "./stand-in.ts";

interface TableRequest {
  method: string;
  path: string;
  authorized: boolean;
}

/** A row as it was written, with its types in `…@odata.type`. */
export type Entity = Readonly<Record<string, unknown>>;

export interface FakeTableStorage extends StandIn<TableRequest> {
  url: string;
  /** Every row of the table, in the order of its keys. */
  rows(): Entity[];
  /** Writes a row past the service, as one that stayed behind. */
  put(entity: Entity): void;
  dropTable(): void;
}

const resource = "https://storage.azure.com";
const pageSize = 2;

const failure = (status: number, code: string, message: string): Answer => ({
  status,
  headers: { "content-type": "application/json;odata=minimalmetadata", "x-ms-error-code": code },
  body: { "odata.error": { code, message: { lang: "en-US", value: `${message}\nRequestId:0\nTime:0` } } },
});
const notFound = failure(404, "ResourceNotFound", "The specified resource does not exist.");
const noContent = (headers: Record<string, string> = {}): Answer => ({ status: 204, body: undefined, headers });

/**
 * One table of Azure Table Storage over TLS, with tokens alone, as far as rows are written, read, removed and listed.
 * https://learn.microsoft.com/rest/api/storageservices/table-service-rest-api
 */
export const startTableStorage = async (
  certificates: Certificates,
  identity: FakeIdentity,
): Promise<FakeTableStorage> => {
  let rows = new Map<string, { entity: Entity; etag: string }>();
  let exists = true;

  const put = (entity: Entity): string => {
    // The service's own looks are those of a time; what matters is that no two are the same.
    const etag = `W/"datetime'${randomBytes(8).toString("hex")}'"`;
    const key = `${String(entity["PartitionKey"])} ${String(entity["RowKey"])}`;
    rows.set(key, { entity: { ...entity, Timestamp: new Date().toISOString() }, etag });
    rows = new Map([...rows].sort(([a], [b]) => (a < b ? -1 : 1)));
    return etag;
  };
  const told = ({ entity, etag }: { entity: Entity; etag: string }) => ({ "odata.etag": etag, ...entity });

  const list = (query: URLSearchParams): Answer => {
    const [, column = "", time = ""] = /^(\w+) lt datetime'([^']+)'$/.exec(query.get("$filter") ?? "") ?? [];
    if (column === "") return failure(400, "InvalidInput", "One of the request inputs is not valid.");
    const columns = query.get("$select")?.split(",");
    const all = [...rows].filter(([, { entity }]) => Date.parse(String(entity[column])) < Date.parse(time));
    const from = all.findIndex(([key]) => key >= (query.get("NextPartitionKey") ?? ""));
    const page = from < 0 ? [] : all.slice(from, from + pageSize);
    const next = from < 0 ? undefined : all[from + pageSize]?.[0];
    const value = page.map(([, row]) => {
      const entries = Object.entries(row.entity).filter(([name]) => columns?.includes(name) ?? true);
      return told({ ...row, entity: Object.fromEntries(entries) });
    });
    const headers = next && { "x-ms-continuation-NextPartitionKey": next, "x-ms-continuation-NextRowKey": "-" };
    return { status: 200, body: { value }, ...(headers && { headers }) };
  };

  const standIn = await startStandIn<TableRequest>({
    certificates,
    note: ({ method, url: { pathname }, headers }) => ({
      method,
      path: decodeURIComponent(pathname),
      authorized: identity.authorizes(headers.authorization, resource),
    }),
    answer: ({ url: { searchParams }, headers, body }, { method, path, authorized }) => {
      if (headers.authorization === undefined)
        return failure(401, "NoAuthenticationInformation", "Server failed to authenticate the request.");
      if (!authorized) return failure(403, "AuthenticationFailed", "Server failed to authenticate the request.");
      if (headers["x-ms-version"] === undefined) return failure(400, "InvalidInput", "The version is missing.");
      const [, table, partitionKey, rowKey] =
        /^\/(\w+)\((?:PartitionKey='([^']+)',RowKey='([^']+)')?\)$/.exec(path) ?? [];
      if (table !== "codes" || !exists) return failure(404, "TableNotFound", "The table specified does not exist.");
      if (partitionKey === undefined || rowKey === undefined) return list(searchParams);
      const found = rows.get(`${partitionKey} ${rowKey}`);
      if (method === "PUT") {
        const entity = JSON.parse(body.toString()) as Entity;
        return noContent({ etag: put({ ...entity, PartitionKey: partitionKey, RowKey: rowKey }) });
      }
      if (found === undefined) return notFound;
      if (method === "GET") return { status: 200, body: told(found), headers: { etag: found.etag } };
      const matches = headers["if-match"];
      if (method !== "DELETE" || matches === undefined) return failure(400, "InvalidInput", "Not here.");
      if (matches !== "*" && matches !== found.etag)
        return failure(412, "UpdateConditionNotSatisfied", "The update condition was not satisfied.");
      rows.delete(`${partitionKey} ${rowKey}`);
      return noContent();
    },
    error: failure(500, "InternalError", "The server encountered an internal error."),
    denied: failure(
      403,
      "AuthorizationPermissionMismatch",
      "This request is not authorized to perform this operation.",
    ),
  });

  return {
    ...standIn,
    url: "https://sttest.table.core.windows.net",
    rows: () => [...rows.values()].map(({ entity }) => entity),
    put,
    dropTable: () => {
      exists = false;
    },
  };
};
