import { createClient, type Client, type Reply } from "../../src/providers/client.ts";
import { requestTo8x8 } from "../../src/8x8/provider.ts";
import { startDeadline } from "../../src/timing/clock.ts";
import { createTurnedClock } from "../worker/clock.ts";
import { start8x8, type Sandbox8x8 } from "../../tools/sandbox/8x8.ts";
import { startRawServer, type RawServer, type RawServerOptions } from "./raw-server.ts";

export const path = "/api/v1/subaccounts/acme/messages";
export const sms = { destination: "+12025550123", text: "x" };
export const clock = createTurnedClock();
const open: { close(): Promise<void> }[] = [];

export async function closeAll(): Promise<void> {
  for (const closable of open.splice(0).reverse()) await closable.close();
}

export function opened<Closable extends { close(): Promise<void> }>(closable: Closable): Closable {
  open.push(closable);
  return closable;
}

export const start = async (port = 0): Promise<Sandbox8x8> =>
  opened(
    await start8x8({ apiKey: "key", subAccounts: { sms: "acme", voice: "acme_voice" }, port }),
  );

export async function eightByEight(): Promise<{ sandbox: Sandbox8x8; client: Client }> {
  const sandbox = await start();
  return { sandbox, client: createClient(sandbox.url) };
}

export async function raw(
  options: RawServerOptions,
): Promise<{ server: RawServer; client: Client }> {
  const server = opened(await startRawServer(options));
  return { server, client: createClient(server.url) };
}

/** Without `timeIsUp`, the deadline never passes. */
export async function post(client: Client, timeIsUp?: Promise<unknown>): Promise<Reply> {
  const deadline = startDeadline(clock, 600_000);
  const reply = client.post(requestTo8x8({ path, body: sms }, "key"), deadline);
  void timeIsUp?.then(() => {
    clock.turn(600_000);
  });
  await reply;
  deadline.end();
  return reply;
}
