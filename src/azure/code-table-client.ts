import { odata, TableClient, type TableEntityResult } from "@azure/data-tables";
import type { TokenCredential } from "@azure/identity";
import { rowOf, type CodeRow, type CodeTable, type SentCode } from "../sent-codes/code-table.ts";
import { retryOptions, statusOf } from "./calls.ts";

/** The template creates the table, because the app must not have the right to create tables. */
const tableName = "codes";

type Entity = TableEntityResult<Omit<SentCode, "oktaUserId">>;
type StoredRow = CodeRow & { readonly etag: string };

export function createCodeTable(url: string, credential: TokenCredential): CodeTable {
  const client = new TableClient(url, tableName, credential, { retryOptions });

  return {
    async put(row, abortSignal) {
      await client.upsertEntity(entityOf(row), "Replace", { abortSignal });
    },
    async list(oktaUserId, abortSignal) {
      const rows: CodeRow[] = [];
      const queryOptions = { filter: odata`PartitionKey eq ${oktaUserId}` };
      for await (const entity of client.listEntities<Entity>({ queryOptions, abortSignal }))
        rows.push(rowIn(entity));
      return rows;
    },
    async markUsed(code, used, abortSignal) {
      try {
        await client.updateEntity(entityOf(used), "Replace", {
          etag: (code as StoredRow).etag,
          abortSignal,
        });
        return true;
      } catch (error) {
        // Azure answers 412 if the row has changed since it was listed.
        if (isGone(error) || statusOf(error) === 412) return false;
        throw error;
      }
    },
    async sweep(before, abortSignal) {
      const queryOptions = {
        filter: odata`sentAt lt ${before}`,
        select: ["PartitionKey", "RowKey"],
      };
      for await (const { partitionKey = "", rowKey = "", etag } of client.listEntities({
        queryOptions,
        abortSignal,
      })) {
        await client.deleteEntity(partitionKey, rowKey, { etag, abortSignal }).catch(ignoreGone);
      }
    },
  };
}

function ignoreGone(error: unknown): void {
  if (!isGone(error) && statusOf(error) !== 412) throw error;
}

function entityOf(row: CodeRow): { partitionKey: string; rowKey: string } {
  const { oktaUserId, ...given } = row;
  const known = Object.entries(given).filter(([, value]) => value !== undefined);
  return { partitionKey: oktaUserId, rowKey: rowOf(row), ...Object.fromEntries(known) };
}

function rowIn({ partitionKey = "", ...row }: Entity): StoredRow {
  delete row.rowKey;
  delete row.timestamp;
  return { oktaUserId: partitionKey, ...row };
}

/** Whether the row is missing. If the whole table is missing, the 404 has another error code. */
function isGone(error: unknown): boolean {
  const { details } = error as { details?: { odataError?: { code?: string } } };
  return statusOf(error) === 404 && details?.odataError?.code === "ResourceNotFound";
}
