import { setTimeout as sleep } from "node:timers/promises";
import { smsReceipt } from "../../sandbox/8x8.ts";
import { enrolledBy, eventBatch } from "../../sandbox/okta.ts";
import { answerParent } from "../child.ts";
import { eventSecret, receiptSecret } from "../secrets.ts";
import { Connection } from "./connection.ts";
import { personOf } from "./hook-request.ts";

/**
 * Receipts and Okta's events by turns, at fixed moments, beside hooks to the same people at half
 * the pace.
 */
export interface BesideLoad {
  /** Of the app. */
  readonly url: string;
  readonly perSecond: number;
  readonly seconds: number;
  readonly people: number;
}
/** By the status they were answered with. */
export type BesideTally = Readonly<Record<string, number>>;

async function run({ url, perSecond, seconds, people }: BesideLoad): Promise<BesideTally> {
  const targets = {
    receipts: new URL(`${url}/api/8x8/receipts`),
    events: new URL(`${url}/api/okta/events`),
  };
  const idle: Connection[] = [];
  const tally: Record<string, number> = {};
  const start = performance.now();
  const sendOne = async (request: Buffer): Promise<void> => {
    const connection = idle.pop() ?? (await Connection.open(targets.events));
    const status = await connection.post(request).then(
      (answer) => answer.slice(9, 12),
      () => "lost",
    );
    tally[status] = (tally[status] ?? 0) + 1;
    idle.push(connection);
  };
  const sent: Promise<void>[] = [];
  for (let sending = 0; sending < perSecond * seconds; sending++) {
    const aheadMs = start + (sending * 1_000) / perSecond - performance.now();
    if (aheadMs > 0) await sleep(aheadMs);
    const person = Math.floor(sending / 2) % people;
    const isReceipt = sending % 2 === 0;
    sent.push(
      sendOne(isReceipt ? receiptRequest(targets.receipts) : eventRequest(targets.events, person)),
    );
  }
  await Promise.all(sent);
  for (const connection of idle) connection.close();
  return tally;
}

function receiptRequest(target: URL): Buffer {
  const message = {
    channel: "sms",
    destination: "+12025550123",
    text: "",
    source: "8x8",
    at: new Date(),
  } as const;
  const ids = {
    umid: "9e09ac86-bd74-5465-851d-1eb5a5fdbb9a",
    clientMessageId: "bench",
    subAccount: "bench_sms",
  };
  return post(target, receiptSecret, smsReceipt({ ...message, ...ids }, "delivered"));
}

function eventRequest(target: URL, person: number): Buffer {
  return post(target, eventSecret, eventBatch([enrolledBy("sms", { userId: personOf(person) })]));
}

function post(target: URL, secret: string, content: object): Buffer {
  const body = JSON.stringify(content);
  const head = [
    `POST ${target.pathname} HTTP/1.1`,
    `host: ${target.host}`,
    `authorization: ${secret}`,
    "content-type: application/json",
    `content-length: ${Buffer.byteLength(body)}`,
  ];
  return Buffer.from(`${head.join("\r\n")}\r\n\r\n${body}`);
}

process.send?.("ready");
answerParent((load: BesideLoad) => run(load));
