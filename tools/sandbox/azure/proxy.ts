import { once } from "node:events";
import { createServer } from "node:http";
import { connect, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import { remember } from "../remembering.ts";
import { listen } from "./stand-in.ts";

export interface FakeProxy {
  url: string;
  /** Requested hosts without a stand-in, as "host:port". Each request was answered 502. */
  refused: string[];
  close(): Promise<void>;
}

/** Starts a CONNECT proxy that leads the real host names to the stand-ins. */
export const startProxy = async (
  portOf: (host: string) => number | undefined,
): Promise<FakeProxy> => {
  const refused: string[] = [];
  const open = new Set<Socket>();
  const server = createServer((request, response) => {
    remember(refused, new URL(request.url ?? "", "http://proxy").host);
    response.writeHead(502).end();
  });
  server.on("connection", (socket) => {
    open.add(socket);
    socket.unref();
    socket.on("error", () => socket.destroy());
    socket.on("close", () => open.delete(socket));
  });
  server.on("connect", ({ url = "" }, client: Duplex, head: Buffer) => {
    const port = portOf(url.replace(/:443$/, ""));
    if (port === undefined) {
      remember(refused, url);
      client.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
      return;
    }
    const upstream = connect(port, "127.0.0.1", () => {
      client.write("HTTP/1.1 200 Connection Established\r\n\r\n");
      upstream.write(head);
      upstream.pipe(client).pipe(upstream);
    });
    upstream.unref();
    upstream.on("error", () => client.destroy());
    upstream.on("close", () => client.destroy());
    client.on("close", () => upstream.destroy());
  });
  return {
    url: `http://127.0.0.1:${await listen(server)}`,
    refused,
    close: async () => {
      const closed = once(server, "close");
      server.close();
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
};
