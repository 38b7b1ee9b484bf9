import { once } from "node:events";
import { createServer, request, type IncomingHttpHeaders, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { readWholeBody } from "../../../tools/sandbox/request-body.ts";

export interface Asked {
  /** Such as `POST /api/okta/telephony`, without the query. */
  readonly call: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Given {
  readonly status: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Returns an answer. Undefined leaves the call to the next rule, and finally to the stand-in.
 * `pass` asks the stand-in.
 */
export type Rule = (
  asked: Asked,
  pass: (body?: string) => Promise<Given>,
) => Given | undefined | Promise<Given | undefined>;

/** A proxy in front of a stand-in. Tests add rules for answers that the stand-in never gives. */
export interface Front {
  readonly url: string;
  /** Limit in bytes. As Azure's host, the proxy answers 413 to a larger body without reading it. */
  bodyLimit: number;
  /** Adds a rule before all others. */
  add(rule: Rule): Front;
  /** True while a request waits for its answer. */
  isAsked(): boolean;
  /** Removes all rules. */
  clear(): void;
  close(): Promise<void>;
}

export const json = (status: number, body: unknown): Given => ({
  status,
  body: JSON.stringify(body),
  headers: { "content-type": "application/json" },
});

export async function startFront(target: () => string): Promise<Front> {
  const rules: Rule[] = [];
  let asked = 0;

  const server = createServer((received, response) => {
    const { method = "", url = "", headers } = received;
    const path = new URL(url, "http://front").pathname;
    async function serve(): Promise<void> {
      const body = (await readWholeBody(received)).toString();
      const pass = (changed = body) => forward(`${target()}${url}`, method, headers, changed);
      let given: Given | undefined;
      for (const rule of rules.toReversed())
        given ??= await rule({ call: `${method} ${path}`, headers, body }, pass);
      given ??= await pass();
      response.writeHead(given.status, given.headers).end(given.body);
    }
    if (Number(headers["content-length"]) > front.bodyLimit) {
      response.writeHead(413, { connection: "close" }).end();
      return;
    }
    asked++;
    response.on("close", () => asked--);
    serve().catch(() => received.socket.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const front: Front = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    bodyLimit: Infinity,
    add(rule) {
      rules.push(rule);
      return front;
    },
    isAsked: () => asked > 0,
    clear() {
      rules.length = 0;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
  return front;
}

const ofOneConnection = ["host", "connection", "content-length", "transfer-encoding", "expect"];

async function forward(
  url: string,
  method: string,
  headers: IncomingHttpHeaders,
  body: string,
): Promise<Given> {
  const asked = request(url, { method, headers: withoutConnection(headers) });
  asked.end(body);
  const [answer] = (await once(asked, "response")) as [IncomingMessage];
  return {
    status: answer.statusCode ?? 0,
    headers: withoutConnection(answer.headers),
    body: (await readWholeBody(answer)).toString(),
  };
}

const withoutConnection = (headers: IncomingHttpHeaders) =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      ofOneConnection.includes(name) ? [] : [[name, String(value)]],
    ),
  );
