import { systemClock } from "../../src/timing/clock.ts";
import { createSenders } from "../../src/8x8/channels.ts";
import { createDeliver, type ApiKey, type Delivered } from "../../src/8x8/deliver.ts";
import { startDeadline } from "../../src/timing/deadline.ts";
import type { Channel } from "../../src/delivery/channels.ts";
import { sampleDelivery, samplePhoneNumber } from "../delivery/sample-delivery.ts";
import { load, voice } from "../settings/sample-settings.ts";
import { start8x8, type Sandbox8x8 } from "../../sandbox/8x8.ts";

const subAccounts = { sms: "acme_hq", voice: "acme_voice" };
const expiresAt = new Date(Date.now() + 300_000);
const open: { close(): Promise<void> }[] = [];

/** After each test: what it has opened. */
export async function closeAll(): Promise<void> {
  for (const thing of open.splice(0).reverse()) await thing.close();
}

export interface Keys extends ApiKey {
  reloads: number;
}

/** Keys whose reload gives the next one. */
export function keysOf(first: readonly string[], next: readonly string[] = first): Keys {
  return {
    reloads: 0,
    get: () => Promise.resolve(first),
    reload() {
      this.reloads++;
      return Promise.resolve(next);
    },
  };
}

export function deliverTo(url: string, apiKey: ApiKey = keysOf(["key"])) {
  const hosts = { EIGHT_BY_EIGHT_SMS_URL: url, EIGHT_BY_EIGHT_VOICE_URL: url };
  const senders = createSenders(systemClock, load({ ...voice, ...hosts, EIGHT_BY_EIGHT_SMS_SENDER: "Acme" }).channels);
  open.push(...Object.values(senders).flatMap((sender) => sender?.client ?? []));
  const deliver = createDeliver(systemClock, senders, apiKey);
  return async (budgetMs = 2_500, channel: Channel = "sms"): Promise<Delivered & { ms: number }> => {
    const budget = startDeadline(systemClock, budgetMs);
    const start = performance.now();
    const delivered = await deliver(sampleDelivery({ channel, expiresAt }), samplePhoneNumber(), budget);
    budget.end();
    return { ...delivered, ms: performance.now() - start };
  };
}

export async function eightByEight(port = 0): Promise<Sandbox8x8> {
  const sandbox = await start8x8({ apiKey: "key", subAccounts, port });
  open.push(sandbox);
  return sandbox;
}
