import { ManagedIdentityCredential } from "@azure/identity";
import { createCodeTable } from "../../../src/azure/code-table-client.ts";

// Run as a process of its own: prints what our table makes of the stand-in for Table Storage, step by step.
const [url = ""] = process.argv.slice(2);
const retryOptions = { maxRetries: 1, retryDelayInMs: 50, maxRetryDelayInMs: 100 };
const credential = new ManagedIdentityCredential({ clientId: process.env["AZURE_CLIENT_ID"] ?? "", retryOptions });
const table = createCodeTable(url, credential);
const { signal } = new AbortController();

const steps: unknown[] = [];
async function step<T>(act: () => Promise<T>): Promise<T | undefined> {
  try {
    const value = await act();
    steps.push(value ?? "nothing");
    return value;
  } catch (error) {
    const { name, code, statusCode } = error as { name: string; code?: string; statusCode?: number };
    steps.push({ failed: code ?? name, status: statusCode ?? null });
    return undefined;
  }
}

const sentAt = new Date("2026-11-25T09:00:00.123Z");
const code = { oktaUserId: "00uyxxSknGtK8022w0g3", channel: "sms", sentAt, eventId: "e'1", country: "DE" } as const;
const sent = { ...code, callingCode: "49", range: "+491512345", providerId: undefined, requestType: undefined };
await step(() => table.get(sent, signal));
await step(() => table.put(sent, signal));
const first = await step(() => table.get(sent, signal));
await step(() => table.put({ ...sent, eventId: "e2", country: undefined }, signal));
// The first is not there any more, the second is left alone.
if (first !== undefined) await step(() => table.remove(first, signal));
const second = await step(() => table.get(sent, signal));
if (second !== undefined) await step(() => table.remove(second, signal));
if (second !== undefined) await step(() => table.remove(second, signal));
await step(() => table.get(sent, signal));
for (let day = 1; day <= 5; day++)
  await table
    .put({ ...sent, oktaUserId: `00u${day}`, sentAt: new Date(sentAt.getTime() + day) }, signal)
    .catch(() => 0);
await step(() => table.sweep(new Date(sentAt.getTime() + 4), signal));
const left = [1, 2, 3, 4, 5].map((day) =>
  table.get({ ...sent, oktaUserId: `00u${day}` }, signal).catch(() => "failed"),
);
steps.push((await Promise.all(left)).map((row) => (typeof row === "object" ? row.oktaUserId : (row ?? null))));
process.stdout.write(JSON.stringify(steps));
