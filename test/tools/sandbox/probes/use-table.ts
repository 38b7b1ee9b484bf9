import { ManagedIdentityCredential } from "@azure/identity";
import { createCodeTable } from "../../../../src/azure/code-table-client.ts";

// Runs as a separate process, uses the app's table step by step and prints the results.
const [url = ""] = process.argv.slice(2);
const retryOptions = { maxRetries: 1, retryDelayInMs: 50, maxRetryDelayInMs: 100 };
const credential = new ManagedIdentityCredential({
  clientId: process.env["AZURE_CLIENT_ID"] ?? "",
  retryOptions,
});
const table = createCodeTable(url, credential);
const { signal } = new AbortController();

const steps: unknown[] = [];
async function step<T>(act: () => Promise<T>): Promise<T | undefined> {
  try {
    const value = await act();
    steps.push(value ?? "nothing");
    return value;
  } catch (error) {
    const { name, code, statusCode } = error as {
      name: string;
      code?: string;
      statusCode?: number;
    };
    steps.push({ failed: code ?? name, status: statusCode ?? null });
    return undefined;
  }
}

const sentAt = new Date("2026-11-25T09:00:00.123Z");
const code = {
  oktaUserId: "00uyxxSknGtK8022w0g3",
  channel: "sms",
  kind: "sign-in",
  sentAt,
  eventId: "e'1",
} as const;
const where = { country: "DE", callingCode: "49", range: "+491512345" } as const;
const guarded = { phoneKey: "a hash", countedAt: sentAt };
const sent = { ...code, ...where, ...guarded, providerId: undefined, requestType: undefined };
const used = (by: string) => {
  const { oktaUserId, channel, kind } = code;
  return {
    oktaUserId,
    channel,
    kind,
    sentAt,
    usedAt: new Date(sentAt.getTime() + 1_000),
    usedBy: by,
  };
};
const list = () => table.list(code.oktaUserId, signal);
await step(list);
await step(() => table.put(sent, signal));
await step(() => table.put({ ...sent, kind: "enrollment" }, signal));
const [, first] = (await step(list)) ?? [];
await step(() => table.put({ ...sent, eventId: "e2", country: undefined }, signal));
// The second put replaced the first row. Marking the first row must not change the second row.
if (first !== undefined)
  await step(() => table.markUsed(first as typeof sent, used("one"), signal));
const [, second] = (await step(list)) ?? [];
if (second !== undefined)
  await step(() => table.markUsed(second as typeof sent, used("two"), signal));
if (second !== undefined)
  await step(() => table.markUsed(second as typeof sent, used("three"), signal));
await step(list);
for (let day = 1; day <= 5; day++)
  await table
    .put({ ...sent, oktaUserId: `00u${day}`, sentAt: new Date(sentAt.getTime() + day) }, signal)
    .catch(() => 0);
await step(() => table.sweep(new Date(sentAt.getTime() + 4), signal));
const left = [1, 2, 3, 4, 5].map((day) => table.list(`00u${day}`, signal).catch(() => "failed"));
steps.push(
  (await Promise.all(left)).map((rows) => (typeof rows === "string" ? rows : rows.length)),
);
process.stdout.write(JSON.stringify(steps));
