import { once } from "node:events";
import { createServer, type AddressInfo, type Socket } from "node:net";

export interface RawServer {
  readonly port: number;
  readonly url: string;
  readonly requests: readonly string[];
  accepted(): number;
  close(): Promise<void>;
}

export interface RawServerOptions {
  /** The server calls this after it has read a complete request. */
  readonly onRequest?: (socket: Socket, count: number) => void;
  readonly onConnection?: (socket: Socket) => void;
}

export async function startRawServer({
  onRequest,
  onConnection,
}: RawServerOptions = {}): Promise<RawServer> {
  const sockets = new Set<Socket>();
  const requests: string[] = [];
  let accepted = 0;
  const server = createServer((socket) => {
    accepted++;
    sockets.add(socket);
    socket.on("error", () => undefined).on("close", () => sockets.delete(socket));
    onConnection?.(socket);
    let text = "";
    socket.on("data", (chunk) => {
      text += chunk.toString();
      const [, length = "0"] = /content-length: (\d+)/i.exec(text) ?? [];
      const head = text.indexOf("\r\n\r\n");
      if (head < 0 || text.length < head + 4 + Number(length)) return;
      requests.push(text);
      text = "";
      onRequest?.(socket, requests.length);
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    requests,
    accepted: () => accepted,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

export function httpReply(body: string, status = "200 OK", headers = ""): string {
  return `HTTP/1.1 ${status}\r\ncontent-type: application/json\r\n${headers}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

export async function closedPort(): Promise<number> {
  const server = await startRawServer();
  await server.close();
  return server.port;
}
