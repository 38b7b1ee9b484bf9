import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { setTimeout } from "node:timers/promises";
import { channelNames, type Channel } from "../../src/rules/channels.ts";
import { createAnswering } from "./8x8/answering.ts";
import { parseJson, type Answer, type Api, type Received } from "./8x8/api.ts";
import { write } from "./8x8/faults.ts";
import { createFeedbackApi } from "./8x8/feedback.ts";
import { createReceipts } from "./8x8/receipts.ts";
import type { ApiFault, RecordedRequest, Sandbox8x8, Sandbox8x8Options } from "./8x8/sandbox.ts";
import { httpError } from "./8x8/sms.ts";
import { createWebhooks } from "./8x8/webhooks.ts";
import { createArmedFault } from "./armed-fault.ts";
import { standIns } from "./channels.ts";
import { parseTarget, readOwnRequest, refuseForeign, type OwnRequest } from "./own-requests.ts";
import { remember } from "./remembering.ts";
import { readWholeBody } from "./request-body.ts";

export type { Received } from "./8x8/api.ts";
export { knownFaults, parseFault, type Fault } from "./8x8/faults.ts";
export type { RecordedRequest, Sandbox8x8, Sandbox8x8Options } from "./8x8/sandbox.ts";
export { knownFates } from "./8x8/receipts.ts";
export { sessionSummary } from "./8x8/session-summary.ts";
export { smsReceipt } from "./8x8/sms-receipts.ts";

export async function start8x8(options: Sandbox8x8Options): Promise<Sandbox8x8> {
  const { subAccounts, port = 0 } = options;
  const subAccountOf = (channel: Channel) => subAccounts?.[channel] ?? standIns[channel].subAccount;
  const apis: readonly Api[] = channelNames.map((channel) =>
    standIns[channel].createApi(subAccountOf(channel)),
  );
  const accountId = randomUUID();
  const requests: RecordedRequest[] = [];
  const messages: Received[] = [];
  const sockets = new Set<Socket>();
  const closed = new AbortController();
  const faults = createArmedFault<ApiFault>();
  const feedback = createFeedbackApi();
  const webhooks = createWebhooks(accountId);
  const receipts = createReceipts(webhooks.of, closed.signal, options.onReceipt);
  const answer = createAnswering({
    apis,
    faults,
    feedback,
    sleep: options.sleep ?? ((ms) => setTimeout(ms, undefined, { signal: closed.signal })),
    deliver(received, reply, subAccount, request, fault) {
      remember(messages, received);
      options.onMessage?.(received, request);
      receipts.send(received, reply, subAccount, fault);
    },
  });
  let accepted = 0;
  let apiKey = options.apiKey;

  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    // If the header Connection is set, Node adds no Keep-Alive header.
    response.setHeader("connection", response.shouldKeepAlive ? "keep-alive" : "close");
    serve(request, response).catch(() => {
      request.socket.destroy();
    });
  });
  server.on("connection", (socket) => {
    accepted++;
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "", url = "", headers } = request;
    const target = parseTarget(url);
    if (!target?.pathname.startsWith("/api/")) {
      const own = await readOwnRequest(request, response, target);
      if ("status" in own) write(response, own);
      else await serveOwn(own, response);
      return;
    }
    // Refuse foreign requests first, because a refused request must not use up a fault that is
    // meant for the app.
    const foreign = refuseForeign(request);
    if (foreign !== undefined) {
      write(response, foreign);
      return;
    }
    const body = (await readWholeBody(request)).toString();
    const authentic = headers.authorization === `Bearer ${apiKey}`;
    const ofAccount = answerOfAccount(method, url, body);
    if (ofAccount !== undefined) {
      write(response, authentic ? ofAccount() : httpError(401));
      return;
    }
    const recorded = { method, path: url, headers, body: parseJson(body) ?? body };
    remember(requests, recorded);
    options.onRequest?.(recorded);
    const written = await answer({ recorded, body, authentic, request, response });
    if (written !== undefined) options.onAnswer?.(recorded, written);
  }

  /** Scripts and commands call the account's APIs, but the app does not. */
  function answerOfAccount(method: string, url: string, body: string): (() => Answer) | undefined {
    return /\/webhooks(?:\/\w+)?$/.test(url)
      ? () => webhooks.serve(method, url, body) ?? httpError(404)
      : undefined;
  }

  /** Records requests to unknown paths, because a client that follows a redirect sends one. */
  async function serveOwn(own: OwnRequest, response: ServerResponse): Promise<void> {
    if (await options.serveOwn?.(own, response)) return;
    const { method, path, headers, body } = own;
    if (method === "POST" && path === "/sandbox/receipt") {
      write(response, receipts.control(body));
      return;
    }
    remember(requests, { method, path, headers, body: parseJson(body) ?? body });
    write(response, httpError(404));
  }

  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const env: Record<string, string> = { EIGHT_BY_EIGHT_API_KEY: apiKey };
  for (const api of apis) Object.assign(env, api.env(url));
  return {
    url,
    env,
    accountId,
    requests,
    messages,
    feedback: feedback.received,
    webhooks: webhooks.of,
    receipts: receipts.sent,
    setFate: receipts.setFate,
    fail(of, fault, times) {
      faults.fail({ of, fault }, times);
    },
    recover: faults.recover,
    fault: faults,
    setApiKey(key) {
      apiKey = key;
    },
    sendReceiptsTo(receiptUrl, authorization) {
      for (const channel of channelNames)
        webhooks.of[channel].set(subAccountOf(channel), { url: receiptUrl, authorization });
    },
    connections: () => sockets.size,
    accepted: () => accepted,
    async close() {
      closed.abort();
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
