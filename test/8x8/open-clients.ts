import { createClient, type Client, type Reply } from "../../src/8x8/client.ts";
import { startDeadline } from "../../src/timing/deadline.ts";
import { createTurnedClock } from "../worker/clock.ts";
import { start8x8, type Sandbox8x8 } from "../../sandbox/8x8.ts";
import { startRawServer, type RawServer, type RawServerOptions } from "./raw-server.ts";

export const path = "/api/v1/subaccounts/acme/messages";
export const sms = { destination: "+12025550123", text: "x" };
/** Of all these clients. No time of theirs is up because the machine has much to do. */
export const clock = createTurnedClock();
const open: { close(): Promise<void> }[] = [];

/** After each test: what it has opened. */
export async function closeAll(): Promise<void> {
  for (const thing of open.splice(0).reverse()) await thing.close();
}

export function clientOf(url: string): Client {
  const client = createClient(clock, url);
  open.push(client);
  return client;
}

export async function eightByEight(): Promise<{ sandbox: Sandbox8x8; client: Client }> {
  const sandbox = await start8x8({ apiKey: "key", subAccounts: { sms: "acme" } });
  open.push(sandbox);
  return { sandbox, client: clientOf(sandbox.url) };
}

export async function raw(options: RawServerOptions): Promise<{ server: RawServer; client: Client }> {
  const server = await startRawServer(options);
  open.push(server);
  return { server, client: clientOf(server.url) };
}

/** Its time is up once this has come about: before, nothing but 8x8 ends it. */
export async function post(client: Client, timeIsUp?: Promise<unknown>): Promise<Reply> {
  const deadline = startDeadline(clock, 600_000);
  const reply = client.post(path, sms, "key", deadline);
  void timeIsUp?.then(() => {
    clock.turn(600_000);
  });
  await reply;
  deadline.end();
  return reply;
}
