import { odata, TableClient, type TableEntityResult } from "@azure/data-tables";
import type { Credential } from "./identity.ts";
import type { CodeTable, SentCode } from "../sent-codes/code-table.ts";
import { retryOptions, statusOf } from "./calls.ts";

export { createGuardTable } from "./guard-table-client.ts";

/** It comes with the infrastructure: a program that may create tables may do too much. */
const tableName = "codes";

/** As many as a sweep removes, so that it ends. The next one goes on. */
const sweepLimit = 1_000;

type Row = Omit<SentCode, "oktaUserId" | "channel">;
/** Whose row it is, and which of its versions: one that was written meanwhile is another code's. */
type StoredCode = SentCode & { readonly etag: string };

/** Azure Table Storage: https://learn.microsoft.com/rest/api/storageservices/table-service-rest-api */
export function createCodeTable(url: string, credential: Credential): CodeTable {
  const client = new TableClient(url, tableName, credential, { retryOptions });

  async function remove(partitionKey: string, rowKey: string, etag: string, abortSignal: AbortSignal) {
    try {
      await client.deleteEntity(partitionKey, rowKey, { etag, abortSignal });
    } catch (error) {
      if (isGone(error)) return false;
      // 412: it holds another code by now.
      if (statusOf(error) !== 412) throw error;
    }
    return true;
  }

  return {
    async put({ oktaUserId, channel, ...row }, abortSignal) {
      const given = Object.entries(row).filter(([, value]) => value !== undefined);
      const entity = { partitionKey: oktaUserId, rowKey: channel, ...Object.fromEntries(given) };
      await client.upsertEntity(entity, "Replace", { abortSignal });
    },
    async get({ oktaUserId, channel }, abortSignal) {
      try {
        const entity = await client.getEntity<Row>(oktaUserId, channel, { abortSignal });
        return { oktaUserId, channel, ...codeIn(entity) };
      } catch (error) {
        if (isGone(error)) return undefined;
        throw error;
      }
    },
    remove: (code, signal) => remove(code.oktaUserId, code.channel, (code as StoredCode).etag, signal),
    async sweep(before, abortSignal) {
      const queryOptions = { filter: odata`sentAt lt ${before}`, select: ["PartitionKey", "RowKey"] };
      let left = sweepLimit;
      for await (const { partitionKey = "", rowKey = "", etag } of client.listEntities({ queryOptions, abortSignal })) {
        await remove(partitionKey, rowKey, etag, abortSignal);
        left -= 1;
        if (left === 0) break;
      }
    },
  };
}

function codeIn(entity: TableEntityResult<Row>) {
  const { sentAt, eventId, providerId, requestType, country, callingCode, range, etag } = entity;
  return { sentAt, eventId, providerId, requestType, country, callingCode, range, etag };
}

/** The row is not there. A 404 is also what a table gives that does not exist. */
function isGone(error: unknown): boolean {
  const { details } = error as { details?: { odataError?: { code?: string } } };
  return statusOf(error) === 404 && details?.odataError?.code === "ResourceNotFound";
}
