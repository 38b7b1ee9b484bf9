import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import { setTimeout } from "node:timers/promises";
import { createArmedFault, type ArmedFault } from "../armed-fault.ts";
import { refuseForeign } from "../own-requests.ts";
import { remember } from "../remembering.ts";
import { readWholeBody } from "../request-body.ts";
import type { Certificates } from "./certificates.ts";

/** `denied` answers as the service does if the caller has no permission. */
export type Fault = "down" | "hang" | "error" | "denied" | { slowMs: number };

export interface Exchange {
  method: string;
  url: URL;
  headers: IncomingMessage["headers"];
  body: Buffer;
}

export interface Answer {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

export interface StandIn<Seen> {
  port: number;
  /** The newest 10,000 requests, including those that met a fault. */
  requests: Seen[];
  /** Returns the number of unanswered requests whose caller still waits. */
  hanging(): number;
  fail(fault: Fault, times?: number): void;
  recover(): void;
  fault: Pick<ArmedFault<Fault>, "current" | "onChange">;
  close(): Promise<void>;
}

interface Behaviour<Seen> {
  certificates?: Certificates;
  note(exchange: Exchange): Seen;
  answer(exchange: Exchange, seen: Seen): Answer;
  error: Answer;
  denied: Answer;
}

export const listen = async (server: Server): Promise<number> => {
  server.listen(0, "127.0.0.1").unref();
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
};

export const startStandIn = async <Seen>(behaviour: Behaviour<Seen>): Promise<StandIn<Seen>> => {
  const requests: Seen[] = [];
  const hanging = new Set<ServerResponse>();
  const fault = createArmedFault<Fault>();

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    // With TLS, requests have the host name of an Azure service, which refuseForeign would refuse.
    // Browsers do not trust the certificate anyway.
    const foreign = behaviour.certificates === undefined ? refuseForeign(request) : undefined;
    if (foreign !== undefined) {
      response.writeHead(foreign.status, { "content-length": 0 }).end();
      return;
    }
    const exchange = {
      method: request.method ?? "",
      url: new URL(request.url ?? "/", "https://stand-in"),
      headers: request.headers,
      body: await readWholeBody(request),
    };
    const seen = behaviour.note(exchange);
    remember(requests, seen);
    const met = fault.next();
    if (met === "hang") {
      hanging.add(response);
      response.on("close", () => hanging.delete(response));
      return;
    }
    if (met === "down") {
      request.socket.destroy();
      return;
    }
    if (typeof met === "object") await setTimeout(met.slowMs, undefined, { ref: false });
    const answer =
      met === "error" || met === "denied" ? behaviour[met] : behaviour.answer(exchange, seen);
    response.writeHead(answer.status, {
      "content-type": "application/json; charset=utf-8",
      ...answer.headers,
    });
    response.end(Buffer.isBuffer(answer.body) ? answer.body : JSON.stringify(answer.body));
  };
  const onRequest = (request: IncomingMessage, response: ServerResponse): void => {
    // Some tests disconnect in the middle of a request.
    handle(request, response).catch(() => request.socket.destroy());
  };
  const server = behaviour.certificates
    ? createTlsServer(
        { key: behaviour.certificates.key, cert: behaviour.certificates.cert },
        onRequest,
      )
    : createServer(onRequest);
  // During a TLS handshake, closeAllConnections does not know the connection yet.
  const open = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    // An idle connection must not keep this process alive.
    socket.unref();
    open.add(socket);
    socket.on("close", () => open.delete(socket));
  });

  return {
    port: await listen(server),
    requests,
    hanging: () => hanging.size,
    fail: fault.fail,
    recover: fault.recover,
    fault,
    close: async () => {
      const closed = once(server, "close");
      server.close();
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
};
