import { once } from "node:events";
import { connect, type Socket } from "node:net";

/**
 * One keep-alive connection and no more of HTTP than the contestants speak, so that the load costs
 * little itself.
 */
export class Connection {
  readonly #socket: Socket;
  #received = "";
  #answered: PromiseWithResolvers<string> | undefined;

  private constructor(socket: Socket) {
    this.#socket = socket.setNoDelay(true).setEncoding("latin1");
    socket.on("data", (text: string) => {
      this.#received += text;
      if (!isWhole(this.#received)) return;
      this.#answered?.resolve(this.#received);
      this.#received = "";
    });
    for (const event of ["error", "close"])
      socket.on(event, () => this.#answered?.reject(new Error("The connection was closed.")));
  }

  static async open({ hostname, port }: URL): Promise<Connection> {
    const socket = connect({ host: hostname, port: Number(port) });
    await once(socket, "connect");
    return new Connection(socket);
  }

  /** The whole answer, head and body. */
  post(request: Buffer): Promise<string> {
    this.#answered = Promise.withResolvers();
    this.#socket.write(request);
    return this.#answered.promise;
  }

  close(): void {
    this.#socket.destroy();
  }
}

function isWhole(answer: string): boolean {
  const head = answer.indexOf("\r\n\r\n");
  if (head < 0) return false;
  const [, length] = /\r\ncontent-length: *(\d+)/i.exec(answer.slice(0, head)) ?? [];
  if (length === undefined) throw new Error("An answer has no content-length.");
  return answer.length >= head + 4 + Number(length);
}
