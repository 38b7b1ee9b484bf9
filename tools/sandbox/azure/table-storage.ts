import { randomBytes } from "node:crypto";
import type { Certificates } from "./certificates.ts";
import type { FakeIdentity } from "./identity.ts";
import { startStandIn, type Answer, type StandIn } from "./stand-in.ts";
import { listRows, withEtag, type Entity, type Rows } from "./table-list.ts";

interface TableRequest {
  method: string;
  path: string;
  authorized: boolean;
}

export interface FakeTableStorage extends StandIn<TableRequest> {
  url: string;
  /** Every row of the table, sorted by key. */
  rows(): Entity[];
  /** Writes a row directly, such as a row from an earlier run. */
  put(entity: Entity): void;
}

const resource = "https://storage.azure.com";

const failure = (status: number, code: string, message: string): Answer => ({
  status,
  headers: { "content-type": "application/json;odata=minimalmetadata", "x-ms-error-code": code },
  body: {
    "odata.error": { code, message: { lang: "en-US", value: `${message}\nRequestId:0\nTime:0` } },
  },
});
const notFound = failure(404, "ResourceNotFound", "The specified resource does not exist.");
const badInput = failure(400, "InvalidInput", "One of the request inputs is not valid.");
const noTable = failure(404, "TableNotFound", "The table specified does not exist.");
const noContent = (headers: Record<string, string> = {}): Answer => ({
  status: 204,
  body: undefined,
  headers,
});

/** https://learn.microsoft.com/rest/api/storageservices/table-service-rest-api */
export const startTableStorage = async (
  certificates: Certificates,
  identity: FakeIdentity,
): Promise<FakeTableStorage> => {
  const tables = new Map<string, Rows>([
    ["codes", new Map()],
    ["guard", new Map()],
  ]);

  const put = (entity: Entity, table: string): string => {
    // Azure's etags contain a time. The stand-in's etags need only be unique.
    const etag = `W/"datetime'${randomBytes(8).toString("hex")}'"`;
    const key = `${String(entity["PartitionKey"])} ${String(entity["RowKey"])}`;
    const rows = tables.get(table) ?? (new Map() as Rows);
    rows.set(key, { entity: { ...entity, Timestamp: new Date().toISOString() }, etag });
    tables.set(table, new Map([...rows].sort(([a], [b]) => (a < b ? -1 : 1))));
    return etag;
  };
  const answerOne = (
    method: string,
    path: string,
    { body = "", ifMatch = "", query = new URLSearchParams() },
  ): Answer => {
    const [, table = "", partitionKey, rowKey] =
      /^\/(\w+)\((?:PartitionKey='([^']+)',RowKey='([^']+)')?\)$/.exec(path) ?? [];
    const rows = tables.get(table);
    if (rows === undefined) return noTable;
    if (partitionKey === undefined || rowKey === undefined)
      return listRows(rows, query) ?? badInput;
    const found = rows.get(`${partitionKey} ${rowKey}`);
    const condition = failure(
      412,
      "UpdateConditionNotSatisfied",
      "The update condition was not satisfied.",
    );
    if (method === "PUT") {
      // With If-Match, a PUT can only update a row. Without If-Match, a PUT can also insert a row.
      if (ifMatch !== "" && found === undefined) return notFound;
      if (ifMatch !== "" && ifMatch !== "*" && ifMatch !== found?.etag) return condition;
      const entity = JSON.parse(body) as Entity;
      return noContent({
        etag: put({ ...entity, PartitionKey: partitionKey, RowKey: rowKey }, table),
      });
    }
    if (found === undefined) return notFound;
    if (method === "GET")
      return { status: 200, body: withEtag(found), headers: { etag: found.etag } };
    if (method !== "DELETE" || ifMatch === "") return badInput;
    if (ifMatch !== "*" && ifMatch !== found.etag) return condition;
    rows.delete(`${partitionKey} ${rowKey}`);
    return noContent();
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
        return failure(
          401,
          "NoAuthenticationInformation",
          "Server failed to authenticate the request.",
        );
      if (!authorized)
        return failure(403, "AuthenticationFailed", "Server failed to authenticate the request.");
      if (headers["x-ms-version"] === undefined)
        return failure(400, "InvalidInput", "The version is missing.");
      const ifMatch = headers["if-match"] ?? "";
      return answerOne(method, path, { body: body.toString(), ifMatch, query: searchParams });
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
    rows: (table = "codes") => [...(tables.get(table)?.values() ?? [])].map(({ entity }) => entity),
    put: (entity, table = "codes") => {
      put(entity, table);
    },
  };
};
