import { systemClock } from "../../../src/timing/clock.ts";
import { ManagedIdentityCredential } from "@azure/identity";
import { createGuardTable } from "../../../src/azure/code-table-client.ts";

// Run as a process of its own: prints what our table of counts makes of a table service.
const [url = ""] = process.argv.slice(2);
const clientId = process.env["AZURE_CLIENT_ID"] ?? "";
const retryOptions = { maxRetries: 1, retryDelayInMs: 50, maxRetryDelayInMs: 100 };
const create = () => createGuardTable(systemClock, url, new ManagedIdentityCredential({ clientId, retryOptions }));
const [one, another] = [create(), create()];

const [old, before, hour, day] = ["2026-11-24T07", "2026-11-24T08", "2026-11-24T09", "days"];
const put = (partition: string, row: string, counts = "{}") => one.put({ partition, row, counts });
await Promise.all(Array.from({ length: 103 }, (_, row) => put(old, `a${String(row).padStart(3, "0")}-0`)));
await put(before, "a-0");
await put(hour, "a-0", '{"first":[1]}');
await put(hour, "a-0", '{"cGB":[0,1]}');
await put(hour, "b-0");
await put(day, "2026-11-09-a");
await put(day, "2026-11-10-a");
await put("feed", "2026-11-09-a");
const counted = async (partition: string) => (await one.read(partition)).length;
const read = [await one.read(hour), await counted(old)];
// Instances do so at the same time.
const sweep = (table: typeof one) => table.sweep(hour, ["days", "feed"], "2026-11-10");
await Promise.all([sweep(one), sweep(another)]);
await sweep(one);
const left = [
  await counted(old),
  await counted(before),
  await counted(hour),
  await one.read(day),
  await counted("feed"),
];
process.stdout.write(JSON.stringify({ read, left }));
