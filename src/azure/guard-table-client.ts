import { odata, TableClient, TableTransaction } from "@azure/data-tables";
import { bounded } from "../timing/deadline.ts";
import type { Clock } from "../timing/clock.ts";
import type { GuardRow, GuardTable } from "../guard/guard-table.ts";
import type { Credential } from "./identity.ts";
import { retryOptions, statusOf } from "./calls.ts";

/** It comes with the infrastructure, as the table of codes does. */
const tableName = "guard";
const keys = ["PartitionKey", "RowKey"];

const callTimeoutMs = 5_000;
/** A page of a thousand rows, removed by a few calls. */
const sweepTimeoutMs = 30_000;
/** https://learn.microsoft.com/rest/api/storageservices/performing-entity-group-transactions */
const entitiesInTransaction = 100;

/** Nothing waits for it but the exchange, which a call without an end would stop for good: all of them are bounded. */
export function createGuardTable(clock: Clock, url: string, credential: Credential): GuardTable {
  const client = new TableClient(url, tableName, credential, { retryOptions });
  const call = <T>(act: (abortSignal: AbortSignal) => Promise<T>, timeoutMs = callTimeoutMs): Promise<T> =>
    bounded(clock, act, timeoutMs, "timed out");

  async function list(filter: string, select: string[], abortSignal: AbortSignal): Promise<GuardRow[]> {
    const rows: GuardRow[] = [];
    const entities = client.listEntities<{ counts?: string }>({ queryOptions: { filter, select }, abortSignal });
    for await (const { partitionKey = "", rowKey = "", counts = "" } of entities)
      rows.push({ partition: partitionKey, row: rowKey, counts });
    return rows;
  }

  async function remove(filter: string, abortSignal: AbortSignal): Promise<void> {
    const rows = await list(filter, keys, abortSignal);
    for (const [partitionKey, ofOne] of Map.groupBy(rows, ({ partition }) => partition))
      for (let from = 0; from < ofOne.length; from += entitiesInTransaction) {
        const transaction = new TableTransaction();
        for (const { row } of ofOne.slice(from, from + entitiesInTransaction))
          transaction.deleteEntity(partitionKey, row);
        await client.submitTransaction(transaction.actions, { abortSignal }).catch((error: unknown) => {
          // Another instance has just removed one of them, and the others with it. What is left has its turn next hour.
          if (statusOf(error) !== 404) throw error;
        });
      }
  }

  return {
    put: ({ partition, row, counts }) =>
      call(async (abortSignal) => {
        await client.upsertEntity({ partitionKey: partition, rowKey: row, counts }, "Replace", { abortSignal });
      }),
    read: (partition) =>
      call((abortSignal) => list(odata`PartitionKey eq ${partition}`, [...keys, "counts"], abortSignal)),
    sweep: (before, inPartitions, row) =>
      call(async (abortSignal) => {
        await remove(odata`PartitionKey lt ${before}`, abortSignal);
        for (const partition of inPartitions)
          await remove(odata`PartitionKey eq ${partition} and RowKey lt ${row}`, abortSignal);
      }, sweepTimeoutMs),
  };
}
