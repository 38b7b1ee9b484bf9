import { setTimeout as sleep } from "node:timers/promises";
import { startApp } from "../local/app.ts";
import { smsReceipt, start8x8 } from "../sandbox/8x8.ts";
import { startAzure } from "../sandbox/azure.ts";
import { authenticatedBy, eventBatch, hookBody } from "../sandbox/okta.ts";
import { parseOptions } from "../parse-options.ts";
import { print } from "../terminal.ts";
import { answerHelp } from "../usage.ts";
import { openCoverage } from "./coverage.ts";

const help = `Prints how many files and functions of src/ run between a request and its answer.

  npm run trace -- [options]

  --app FOLDER  the project whose build is traced. Default: this one
  --names       also prints the functions
  --help        prints this text`;

const secret = "the-secret-of-the-trace";

async function startTraced(app: string) {
  const azure = await startAzure({ pageSize: 25 });
  const eightByEight = await start8x8({
    apiKey: secret,
    subAccounts: { sms: "trace_sms", voice: "trace_voice" },
  });
  const names = ["okta-hook-secret", "okta-event-secret", "receipt-secret"];
  for (const name of [...names, "eight-by-eight-api-key"]) azure.vault.add(name, { value: secret });
  azure.vault.add("phone-hash-key", { value: "the-hash-key-of-the-trace-has-32-characters" });
  const { EIGHT_BY_EIGHT_API_KEY: _, ...env } = eightByEight.env;
  const running = await startApp(
    {
      ...azure.env,
      ...env,
      STATE_TABLE_URL: azure.tables.url,
      NODE_OPTIONS: "--inspect=127.0.0.1:0",
    },
    { app },
  );
  return {
    ...running,
    async stop() {
      await running.stop();
      await eightByEight.close();
      await azure.close();
    },
  };
}

const number = { phoneNumber: "+12025550123" };
const receipt = smsReceipt(
  {
    channel: "sms",
    umid: crypto.randomUUID(),
    clientMessageId: null,
    subAccount: "trace_sms",
    source: "8x8",
    destination: number.phoneNumber,
    text: "Your code is 11111",
    at: new Date(),
  },
  "delivered",
);

/** The SMS is before the event, so that the event matches its code. */
const createRequests = () =>
  [
    [
      "call",
      "okta/telephony",
      hookBody({ messageProfile: { ...number, deliveryChannel: "Voice" } }),
    ],
    ["SMS", "okta/telephony", hookBody({ messageProfile: number })],
    ["receipt", "8x8/receipts", receipt],
    ["event", "okta/events", eventBatch([authenticatedBy("sms")])],
  ] as const;

answerHelp(help);
const { app, names } = parseOptions("npm run trace --", process.argv.slice(2), {
  app: { type: "string", default: "." },
  names: { type: "boolean", default: false },
});
const traced = await startTraced(app);
const post = async (route: string, body: object): Promise<void> => {
  const response = await fetch(`${traced.url}/api/${route}`, {
    method: "POST",
    headers: { authorization: secret, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`The app answered ${response.status} to ${route}.`);
};
// The first requests load what is loaded late. Then the app writes its rows and is idle.
for (const [, route, body] of createRequests()) await post(route, body);
await sleep(10_000);
for (const [, route, body] of createRequests()) await post(route, body);
const [inspectorUrl = ""] = /ws:\/\/\S+/.exec(traced.output()) ?? [];
const coverage = await openCoverage(inspectorUrl);
const fewest = new Map<string, readonly string[]>();
// A timer of the app may run during a request, so the round with the fewest functions counts.
for (let round = 0; round < 5; round++)
  for (const [what, route, body] of createRequests()) {
    await sleep(1_500);
    await coverage.take();
    await post(route, body);
    const ran = await coverage.take();
    const before = fewest.get(what);
    if (before === undefined || ran.length < before.length) fewest.set(what, ran);
  }
print("request     files  functions");
for (const [what, ran] of fewest) {
  const files = new Set(ran.map((one) => one.split(":")[0]));
  print(`${what.padEnd(10)} ${String(files.size).padStart(6)} ${String(ran.length).padStart(10)}`);
  if (names) for (const one of ran.toSorted()) print(`  ${one}`);
}
coverage.close();
await traced.stop();
