import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { answerParent } from "../child.ts";
import { hookSecret } from "../secrets.ts";
import { Connection } from "./connection.ts";
import { hookRequest } from "./hook-request.ts";

/**
 * Hooks at a steady pace, each with an id of its own. Where as many as there are connections wait
 * for an answer, the next one waits too: on a machine that is too slow for the pace the soak takes
 * longer, and judges the same.
 */
export interface SoakLoad {
  readonly url: string;
  readonly hooks: number;
  readonly perSecond: number;
  readonly connections: number;
  readonly inTimeMs: number;
}
export interface SoakQuestion {
  readonly start?: SoakLoad;
  /** What Okta sends from now on. */
  readonly secret?: string;
  /** So many hooks with wrong secrets, at once. */
  readonly strangers?: number;
}
/** All since the process started. */
export interface SoakTally {
  readonly running: boolean;
  readonly hooks: Readonly<Record<Answer, number>> & {
    readonly sent: number;
    readonly inTime: number;
  };
  readonly slowestMs: number;
  readonly strangers: Readonly<Record<Answer, number>> & { readonly sent: number };
}
export type Answer = "successful" | "failed" | "refused" | "unavailable" | "other" | "lost";

const none: Readonly<Record<Answer, number>> = {
  successful: 0,
  failed: 0,
  refused: 0,
  unavailable: 0,
  other: 0,
  lost: 0,
};
const hooks = { sent: 0, inTime: 0, ...none };
const strangers = { sent: 0, ...none };
let slowestMs = 0;
let secret = hookSecret;
let running = false;
let target = new URL("http://localhost");

/** What is not answered by then never is. */
const lostAfterMs = 15_000;

async function run({ url, perSecond, connections, inTimeMs, ...plan }: SoakLoad): Promise<void> {
  running = true;
  target = new URL(url);
  const start = performance.now();
  let due = 0;
  const lane = async (): Promise<void> => {
    let connection: Connection | undefined;
    while (due < plan.hooks) {
      const aheadMs = start + (++due * 1_000) / perSecond - performance.now();
      if (aheadMs > 0) await sleep(aheadMs);
      connection = await sendHook(inTimeMs, connection);
    }
    connection?.close();
  };
  await Promise.all(Array.from({ length: connections }, lane));
  running = false;
}

/** The connection, where it can be used again. */
async function sendHook(inTimeMs: number, open?: Connection): Promise<Connection | undefined> {
  const request = hookRequest(target, { secret, eventId: `soak-${++hooks.sent}` });
  const sentAt = performance.now();
  const { answer, connection } = await exchange(request, open);
  const ms = performance.now() - sentAt;
  hooks[answer] += 1;
  slowestMs = Math.max(slowestMs, ms);
  if (answer !== "lost" && ms <= inTimeMs) hooks.inTime += 1;
  return connection;
}

async function sendStranger(): Promise<void> {
  strangers.sent += 1;
  const { answer, connection } = await exchange(hookRequest(target, { secret: randomUUID() }));
  strangers[answer] += 1;
  connection?.close();
}

async function exchange(
  request: Buffer,
  open?: Connection,
): Promise<{ answer: Answer; connection?: Connection }> {
  try {
    const connection = open ?? (await Connection.open(target));
    const timer = setTimeout(() => {
      connection.close();
    }, lostAfterMs);
    const answer = read(await connection.post(request));
    clearTimeout(timer);
    return { answer, connection };
  } catch {
    return { answer: "lost" };
  }
}

function read(answer: string): Answer {
  switch (answer.slice(9, 12)) {
    case "200":
      return answer.includes('"SUCCESSFUL"') ? "successful" : "failed";
    case "401":
      return "refused";
    case "503":
      return "unavailable";
    default:
      return "other";
  }
}

process.send?.("ready");
answerParent((question: SoakQuestion): SoakTally => {
  if (question.secret !== undefined) secret = question.secret;
  if (question.start !== undefined) void run(question.start);
  for (let sent = 0; sent < (question.strangers ?? 0); sent++) void sendStranger();
  return { running, hooks, slowestMs, strangers };
});
