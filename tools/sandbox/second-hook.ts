import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout } from "node:timers/promises";
import * as z from "zod";
import type { Received } from "./8x8/api.ts";
import type { Written } from "./8x8/faults.ts";
import type { RecordedRequest } from "./8x8/sandbox.ts";
import { refuseForeign } from "./own-requests.ts";
import { remember } from "./remembering.ts";
import { readWholeBody } from "./request-body.ts";

/** An answer that replaces the usual one. */
export interface Behaviour {
  readonly afterMs?: number;
  /** The answer waits for this promise. */
  readonly after?: Promise<unknown>;
  readonly status?: number;
  /** A string is sent unchanged, any other value as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sends no answer. `hang` keeps the connection open, and `reset` cuts it. */
  readonly instead?: "hang" | "reset";
}

export interface PassedOn {
  readonly path: string;
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
}

export interface SecondHook {
  /** The hook's URL, with a path. */
  readonly url: string;
  /** Settings that make this hook the app's second hook. */
  readonly env: Record<string, string>;
  /** Requests in order of arrival, including refused requests. */
  readonly requests: PassedOn[];
  readonly messages: Received[];
  /** Sets how the hook answers from now on. Undefined means as usual. */
  behave(behaviour: Behaviour | undefined): void;
  close(): Promise<void>;
}

export interface SecondHookOptions {
  readonly secret: string;
  /** The header that carries the secret. */
  readonly header?: string;
  readonly port?: number;
  /** Waits for `afterMs`. Default: in real time. */
  readonly sleep?: (milliseconds: number) => Promise<unknown>;
  readonly onRequest?: (request: RecordedRequest) => void;
  readonly onAnswer?: (request: RecordedRequest, answer: Written) => void;
  readonly onMessage?: (message: Received, request: RecordedRequest) => void;
}

/** Okta's request: https://developer.okta.com/docs/api/openapi/okta-management/management/tags/inlinehook/webhooks/createtelephonyinlinehook */
const request = z.object({
  eventType: z.literal("com.okta.telephony.provider"),
  data: z.object({
    messageProfile: z.object({
      phoneNumber: z.string(),
      otpCode: z.string(),
      deliveryChannel: z.string(),
      msgTemplate: z.string().nullish(),
    }),
  }),
});

/**
 * Starts a telephony hook of another provider, over HTTP on loopback. Like the function in Twilio's
 * documents (https://github.com/twilio-samples/okta-byot-inline-hooks), it answers SUCCESSFUL with
 * its own transaction id. Its errors have a 4xx status and the error object of Okta's documents.
 */
export async function startSecondHook({
  secret,
  header = "authorization",
  port = 0,
  sleep = setTimeout,
  ...options
}: SecondHookOptions): Promise<SecondHook> {
  const requests: PassedOn[] = [];
  const messages: Received[] = [];
  let behaviour: Behaviour = {};

  const server = createServer((incoming, response) => {
    serve(incoming, response).catch(() => incoming.socket.destroy());
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const hookPath = "/okta/telephony";
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${hookPath}`;

  async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const foreign = refuseForeign(incoming);
    if (foreign !== undefined) {
      response.writeHead(foreign.status).end(JSON.stringify(foreign.body));
      return;
    }
    const body = await readWholeBody(incoming);
    remember(requests, { path: incoming.url ?? "", rawHeaders: incoming.rawHeaders, body });
    const { method = "", url: path = "", headers: given } = incoming;
    const recorded = { method, path, headers: given, body: parse(body) };
    options.onRequest?.(recorded);
    const { afterMs = 0, after, instead, headers, ...answer } = behaviour;
    if (afterMs > 0) await sleep(afterMs);
    await after;
    if (instead === "hang") return;
    if (instead === "reset") {
      incoming.socket.resetAndDestroy();
      return;
    }
    const { status, body: usual } =
      answer.status === undefined && answer.body === undefined
        ? usualAnswer(recorded)
        : { status: answer.status ?? 200, body: answer.body ?? {} };
    response
      .writeHead(status, { "content-type": "application/json", ...headers })
      .end(typeof usual === "string" ? usual : JSON.stringify(usual));
    options.onAnswer?.(recorded, { status, body: usual });
  }

  function usualAnswer(recorded: RecordedRequest) {
    const { method, path: target, headers, body } = recorded;
    if (method !== "POST" || target !== hookPath) return refuse(404, "There is no such function.");
    if (headers[header] !== secret) return refuse(401, "Authentication failed");
    if (headers["content-type"] !== "application/json") return refuse(415, "Not JSON.");
    const { data } = request.safeParse(body);
    if (data === undefined) return refuse(400, "Not a request of Okta's telephony hook.");
    const { phoneNumber, otpCode, deliveryChannel, msgTemplate } = data.data.messageProfile;
    const message: Received = {
      channel: deliveryChannel.toLowerCase() === "sms" ? "sms" : "voice",
      destination: phoneNumber,
      text: msgTemplate ?? `Your code is ${otpCode}`,
      source: undefined,
      at: new Date(),
    };
    remember(messages, message);
    options.onMessage?.(message, recorded);
    return { status: 200, body: hookAnswer("SUCCESSFUL") };
  }

  return {
    url,
    env: { SECOND_HOOK_URL: url, SECOND_HOOK_HEADER: header, SECOND_HOOK_SECRET: secret },
    requests,
    messages,
    behave(next = {}) {
      behaviour = next;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

export function hookAnswer(status: string, transactionId: string = randomUUID()): object {
  const value = { status, provider: "Second hook", transactionId };
  return { commands: [{ type: "com.okta.telephony.action", value: [value] }] };
}

function refuse(status: number, errorSummary: string) {
  return { status, body: { error: { errorSummary } } };
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}
