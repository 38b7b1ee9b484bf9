import { once } from "node:events";
import { createServer, request, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** The cable between browser and sandbox, as an HTTP proxy on loopback: it can be pulled out. */
export interface Cable {
  readonly url: string;
  /** Cuts what is open, and lets nothing new through. */
  pull(): void;
  plugIn(): void;
  close(): void;
}

export async function createCable(): Promise<Cable> {
  let plugged = true;
  const server = createServer((incoming, response) => {
    if (plugged) forward(incoming, response);
    else incoming.socket.destroy();
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    pull() {
      plugged = false;
      server.closeAllConnections();
    },
    plugIn() {
      plugged = true;
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

function forward(incoming: IncomingMessage, response: ServerResponse): void {
  const { method, url, headers } = incoming;
  const outgoing = request(url ?? "", { method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  // Either side may be cut at any time: that is what it is for.
  outgoing.on("error", () => response.destroy());
  response.on("close", () => outgoing.destroy());
  incoming.pipe(outgoing);
}
