import { setTimeout as sleep } from "node:timers/promises";
import { answerParent } from "../child.ts";
import { percentiles, type Percentiles } from "../statistics.ts";
import { Connection } from "./connection.ts";
import { hookRequest, personOf } from "./hook-request.ts";

// A process of its own, so that what the load costs is not counted as anybody's.

/** Each connection sends when it has its answer: how much is served. */
export interface ClosedLoop {
  readonly url: string;
  readonly connections: number;
  readonly requests: number;
}

/**
 * Sends at fixed moments, answered or not, and measures from those moments: how long people wait.
 */
export interface OpenLoop {
  readonly url: string;
  readonly perSecond: number;
  readonly seconds: number;
  /** So many people, in turn; one where not given. */
  readonly people?: number;
}

export interface Load {
  /** Answers that say SUCCESSFUL. */
  readonly successful: number;
  /** Other answers. */
  readonly other: number;
  /** No answer. */
  readonly lost: number;
  readonly seconds: number;
  readonly latency: Percentiles;
}

function createTally() {
  const start = performance.now();
  const latencies: number[] = [];
  const counts = { successful: 0, other: 0, lost: 0 };
  return {
    async count(answer: Promise<string>, since: number): Promise<void> {
      const text = await answer.catch(() => undefined);
      if (text === undefined) {
        counts.lost += 1;
        return;
      }
      latencies.push(performance.now() - since);
      const isSuccessful = text.startsWith("HTTP/1.1 200") && text.includes('"SUCCESSFUL"');
      counts[isSuccessful ? "successful" : "other"] += 1;
    },
    total: (): Load => ({
      ...counts,
      seconds: (performance.now() - start) / 1_000,
      latency: percentiles(latencies),
    }),
  };
}

async function runClosed({ url, connections, requests }: ClosedLoop): Promise<Load> {
  const target = new URL(url);
  const request = hookRequest(target);
  const open = await Promise.all(
    Array.from({ length: connections }, () => Connection.open(target)),
  );
  const tally = createTally();
  let left = requests;
  const lane = async (connection: Connection): Promise<void> => {
    while (left-- > 0) await tally.count(connection.post(request), performance.now());
    connection.close();
  };
  await Promise.all(open.map(lane));
  return tally.total();
}

async function runOpen({ url, perSecond, seconds, people = 1 }: OpenLoop): Promise<Load> {
  const target = new URL(url);
  const requests = Array.from({ length: people }, (_, person) =>
    hookRequest(target, { userId: personOf(person) }),
  );
  const idle: Connection[] = [];
  const tally = createTally();
  const start = performance.now() + 10;
  const sendOne = async (request: Buffer, moment: number): Promise<void> => {
    const connection = idle.pop() ?? (await Connection.open(target));
    await tally.count(connection.post(request), moment);
    idle.push(connection);
  };
  const sent: Promise<void>[] = [];
  for (let sending = 0; sending < perSecond * seconds; sending++) {
    const moment = start + (sending * 1_000) / perSecond;
    await waitUntil(moment);
    sent.push(sendOne(requests[sending % people] ?? Buffer.of(), moment));
  }
  await Promise.all(sent);
  for (const connection of idle) connection.close();
  return tally.total();
}

/**
 * Timers are a millisecond late or more, which is what is to be measured, so the last of it is not
 * slept.
 */
async function waitUntil(moment: number): Promise<void> {
  const ahead = moment - performance.now();
  if (ahead > 3) await sleep(ahead - 3);
  while (performance.now() < moment) await new Promise(setImmediate);
}

process.send?.("ready");
answerParent((loop: ClosedLoop | OpenLoop) =>
  "connections" in loop ? runClosed(loop) : runOpen(loop),
);
