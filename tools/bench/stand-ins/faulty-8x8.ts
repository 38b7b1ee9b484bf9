import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { isRecord, parseJson } from "../../sandbox/8x8/api.ts";
import { isBeforeChecks, misbehave, write, type Fault } from "../../sandbox/8x8/faults.ts";
import { createSmsApi } from "../../sandbox/8x8/sms.ts";
import { answerParent } from "../child.ts";
import { apiKey } from "../secrets.ts";

interface Trouble {
  readonly share: number;
  readonly fault: Fault;
  /**
   * The message is on its way although the answer does not say so: sending it again would double
   * it.
   */
  readonly accepts?: true;
}

// In all, one request in seven. The rest is as it should be.
const troubles: readonly Trouble[] = [
  { share: 0.02, fault: { fault: "500" }, accepts: true },
  { share: 0.03, fault: { fault: "503" } },
  { share: 0.02, fault: { fault: "429" } },
  { share: 0.01, fault: { fault: "429", retryAfter: 1 } },
  { share: 0.01, fault: { fault: "401" } },
  { share: 0.01, fault: { fault: "reset" }, accepts: true },
  { share: 0.02, fault: { fault: "rejected" } },
  { share: 0.003, fault: { fault: "hang" }, accepts: true },
  { share: 0.03, fault: { fault: "slow", ms: 300 } },
];

const subAccount = "bench_sms";
const api = createSmsApi(subAccount);
/** How many messages went out, by the id that Okta gave. Zero: asked, and refused. */
const sent = new Map<string, number>();
let requests = 0;

/**
 * Multiples of the golden ratio, less their whole part, fall evenly: in any hundred requests each
 * fault has its share.
 */
function nextTrouble(): Trouble | undefined {
  let at = (++requests * 0.6180339887498949) % 1;
  return troubles.find(({ share }) => (at -= share) < 0);
}

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { authorization, "content-type": contentType } = request.headers;
  const body = await text(request);
  const json = parseJson(body);
  const id = isRecord(json) ? String(json["clientMessageId"]) : "";
  const send = (count: number) => sent.set(id, (sent.get(id) ?? 0) + count);
  send(0);
  const trouble = nextTrouble();
  if (trouble?.accepts) send(1);
  if (trouble?.fault.fault === "slow") await sleep(trouble.fault.ms);
  else if (trouble !== undefined && isBeforeChecks(trouble.fault)) {
    misbehave(trouble.fault, api, request, response);
    return;
  }
  if (authorization !== `Bearer ${apiKey}`) {
    write(response, api.failure(401));
    return;
  }
  const { received, ...answer } = api.send({ subAccount, contentType, body });
  if (received !== undefined) send(1);
  write(response, answer);
}

const server = createServer(
  { keepAliveTimeout: 5_000, keepAliveTimeoutBuffer: 0 },
  (request, response) => {
    serve(request, response).catch(() => request.socket.destroy());
  },
);
server.listen(0, "127.0.0.1", () => {
  process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});

export interface FaultyCounts {
  readonly requests: number;
  /** Hooks of which 8x8 knows, whatever it said. */
  readonly seen: number;
  /** Messages beyond the first of their hook. */
  readonly doubled: number;
}
answerParent((): FaultyCounts => {
  const counts = [...sent.values()];
  return {
    requests,
    seen: sent.size,
    doubled: counts.reduce((sum, count) => sum + Math.max(0, count - 1), 0),
  };
});
