import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import type { Channel } from "../src/delivery/otp-delivery.ts";
import { parseJson, subAccountPattern, type Answer, type Api, type Received } from "./8x8/api.ts";
import { createFaultSwitch, type FaultSwitch } from "./8x8/fault-switch.ts";
import { misbehave, write, type Fault, type Written } from "./8x8/faults.ts";
import { createFeedbackApi, type Feedback } from "./8x8/feedback.ts";
import { createReceiptSending, type ReceiptSending } from "./8x8/receipt-sending.ts";
import { createSmsApi } from "./8x8/sms.ts";
import { createVoiceApi } from "./8x8/voice.ts";
import type { ArmedFault } from "./armed-fault.ts";
import { parseTarget, readOwnRequest, type OwnRequest } from "./own-requests.ts";

export type { Received, SmsMessage, VoiceCall } from "./8x8/api.ts";
export { knownFaults, parseFault, type Fault } from "./8x8/faults.ts";
export { knownFates, sessionSummary, smsReceipt, type Fate } from "./8x8/receipts.ts";

export interface Sandbox8x8
  extends Pick<FaultSwitch, "fail" | "recover">, Pick<ReceiptSending, "accountId" | "webhooks" | "setFate"> {
  readonly url: string;
  /** The app's settings with which it takes this for 8x8. */
  readonly env: Record<string, string>;
  /** Every request to the two APIs, in order of arrival, those refused included. */
  readonly requests: RecordedRequest[];
  /** What phones would have received. */
  readonly messages: Received[];
  readonly fault: Pick<ArmedFault<Fault>, "current" | "onChange">;
  /** What it was told of them. */
  readonly feedback: Feedback[];
  setApiKey(key: string): void;
  /** Sets the webhooks of both sub-accounts. */
  sendReceiptsTo(url: string, authorization: string): void;
  /** Sockets open now. */
  connections(): number;
  /** Sockets accepted in all. */
  accepted(): number;
  close(): Promise<void>;
}

export interface RecordedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** Parsed where it is JSON, else the text. */
  readonly body: unknown;
}

export interface Sandbox8x8Options {
  readonly apiKey: string;
  readonly subAccounts?: Partial<Record<Channel, string>>;
  readonly port?: number;
  /** An idle connection is closed after this long. */
  readonly keepAliveTimeoutMs?: number;
  /** Whether answers tell of it in a Keep-Alive header. */
  readonly keepAliveHint?: boolean;
  readonly onRequest?: (request: RecordedRequest) => void;
  /** Not called where the answer never comes or never ends. */
  readonly onAnswer?: (request: RecordedRequest, answer: Written) => void;
  /** Before its answer. */
  readonly onMessage?: (message: Received, request: RecordedRequest) => void;
  /** The app has taken it. */
  readonly onReceipt?: (body: unknown) => void;
  /** Serves what is for the sandbox itself. False where it knows no such path. */
  readonly serveOwn?: (request: OwnRequest, response: ServerResponse) => Promise<boolean>;
  /** How long after a try that failed the next one of a receipt comes. */
  readonly repeatAfterMs?: readonly number[];
}

const localSubAccounts: Readonly<Record<Channel, string>> = { sms: "local_sms", voice: "local_voice" };

/** Stands in for 8x8's Messages and callflow APIs, over real HTTP on the loopback address. */
export async function start8x8(options: Sandbox8x8Options): Promise<Sandbox8x8> {
  const { subAccounts, port = 0, keepAliveTimeoutMs = 60_000, keepAliveHint = false } = options;
  const { sms, voice } = { ...localSubAccounts, ...subAccounts };
  const apis: Readonly<Record<Channel, Api>> = { sms: createSmsApi(sms), voice: createVoiceApi(voice) };
  const requests: RecordedRequest[] = [];
  const messages: Received[] = [];
  const sockets = new Set<Socket>();
  const closed = new AbortController();
  const faults = createFaultSwitch();
  const feedback = createFeedbackApi();
  const {
    serve: serveWebhooks,
    control: controlReceipts,
    tell,
    ...receipts
  } = createReceiptSending(closed.signal, options);
  const controls: Readonly<Record<string, (body: string) => Answer>> = {
    "/sandbox/fault": faults.control,
    "/sandbox/receipt": controlReceipts,
  };
  let accepted = 0;
  let apiKey = options.apiKey;

  const server = createServer(
    { keepAliveTimeout: keepAliveTimeoutMs, keepAliveTimeoutBuffer: 0 },
    (request, response) => {
      // Node gives the hint unless the header before it is set by hand.
      if (!keepAliveHint) response.setHeader("connection", response.shouldKeepAlive ? "keep-alive" : "close");
      serve(request, response).catch(() => {
        request.socket.destroy();
      });
    },
  );
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
    const body = await text(request);
    const authentic = headers.authorization === `Bearer ${apiKey}`;
    const webhookAnswer = serveWebhooks({ method, path: url, body }, authentic ? undefined : apis.sms.failure(401));
    if (webhookAnswer !== undefined) {
      write(response, webhookAnswer);
      return;
    }
    const recorded = { method, path: url, headers, body: parseJson(body) ?? body };
    requests.push(recorded);
    options.onRequest?.(recorded);
    const written = await answer(recorded, body, request, response);
    if (written !== undefined) options.onAnswer?.(recorded, written);
  }

  /** For the sandbox itself, and for whatever a client takes for it after a redirect. */
  async function serveOwn(own: OwnRequest, response: ServerResponse): Promise<void> {
    if (await options.serveOwn?.(own, response)) return;
    const { method, path, headers, body } = own;
    const control = method === "POST" ? controls[path] : undefined;
    if (control !== undefined) {
      write(response, control(body));
      return;
    }
    requests.push({ method, path, headers, body: parseJson(body) ?? body });
    write(response, apis.sms.failure(404));
  }

  async function answer(
    recorded: RecordedRequest,
    body: string,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<Written | undefined> {
    const { method, path, headers } = recorded;
    const [, encoded = "", last, umid] =
      /^\/api\/v1\/subaccounts\/([^/?]+)\/(\w+)(?:\/([^/?]+)\/feedback)?$/.exec(path) ?? [];
    const api = Object.values(apis).find(({ operation }) => operation === last);
    if (method !== "POST" || api === undefined) return write(response, (api ?? apis.sms).failure(404));
    const fault = faults.next();
    if (fault !== undefined && fault.fault !== "slow") return misbehave(fault, api, request, response);
    if (fault !== undefined) await sleep(fault.ms ?? 1_000, undefined, { signal: closed.signal });
    if (headers.authorization !== `Bearer ${apiKey}`) return write(response, api.failure(401));
    if (umid !== undefined) return write(response, feedback.answer(umid, body));
    const decoded = decode(encoded);
    const subAccount = subAccountPattern.test(decoded) ? decoded : "";
    const { received, ...reply } = api.send({ subAccount, contentType: headers["content-type"], body });
    feedback.note(parseJson(body), reply.body);
    if (received !== undefined) {
      messages.push(received);
      options.onMessage?.(received, recorded);
      tell(received, reply.body ?? {}, subAccount);
    }
    return write(response, reply);
  }

  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const env: Record<string, string> = { EIGHT_BY_EIGHT_API_KEY: apiKey };
  for (const api of Object.values(apis)) Object.assign(env, api.env(url));
  return {
    url,
    env,
    requests,
    messages,
    feedback: feedback.told,
    fail: faults.fail,
    recover: faults.recover,
    fault: faults,
    setApiKey(key) {
      apiKey = key;
    },
    ...receipts,
    sendReceiptsTo(receiptUrl, authorization) {
      receipts.webhooks.of.sms.set(sms, { url: receiptUrl, authorization });
      receipts.webhooks.of.voice.set(voice, { url: receiptUrl, authorization });
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

function decode(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return "";
  }
}
