import type { Socket } from "node:net";
import type { buildConnector } from "undici";
import type { Clock } from "../timing/clock.ts";

const renewDelayLimitMs = 60_000;

/**
 * Keeps one connection open for the next request. Sign-ins are rare, so most requests would
 * otherwise wait for TCP and TLS. The connection is renewed before the server closes it.
 */
export function createPreconnect(
  clock: Clock,
  connect: buildConnector.connector,
  to: buildConnector.Options,
  idleTimeoutMs: number,
) {
  let ready: Socket | undefined;
  let renewDelayMs = idleTimeoutMs;
  let cancel: (() => void) | undefined;
  let closed = false;

  function open(): void {
    connect(to, (_, socket) => {
      if (closed) return void socket?.destroy();
      renewDelayMs = socket ? idleTimeoutMs : Math.min(renewDelayMs * 2, renewDelayLimitMs);
      cancel?.();
      cancel = clock.after(renewDelayMs, open);
      ready?.destroy();
      ready = socket?.on("error", ignore).unref();
    });
  }

  /**
   * Undefined if the connection is closed, or if the server has sent something before any request,
   * such as a 408.
   */
  function take(): Socket | undefined {
    const socket = ready;
    ready = undefined;
    if (socket === undefined || isUnused(socket)) return socket;
    socket.destroy();
    return undefined;
  }

  open();
  return {
    connector: ((options, callback) => {
      const socket = take();
      if (socket === undefined) {
        connect(options, callback);
        return;
      }
      setImmediate(open);
      // In the next turn of the event loop, Node.js reads data that the server has already sent.
      // Such data is not a reply to the request.
      setImmediate(() => {
        setImmediate(() => {
          if (isUnused(socket)) {
            callback(null, socket.removeListener("error", ignore).ref());
            return;
          }
          socket.destroy();
          connect(options, callback);
        });
      });
    }) as buildConnector.connector,
    close(): void {
      closed = true;
      cancel?.();
      ready?.destroy();
    },
  };
}

function isUnused(socket: Socket): boolean {
  return socket.writable && socket.readable && socket.readableLength === 0;
}

function ignore(): void {
  // An unused connection that breaks is replaced at the next renewal.
}
