import type { Socket } from "node:net";
import type { buildConnector } from "undici";
import type { Clock } from "../timing/clock.ts";

/**
 * How long a connection may be idle. Servers commonly close after 5 s (Node's default) or more; a
 * POST written while the other side closes is lost, and may not be repeated.
 */
export const idleTimeoutMs = 4_000;

const renewDelayLimitMs = 60_000;

/**
 * Sign-ins are rare, so most hooks would meet a closed connection and pay for TCP and TLS again.
 * One connection is opened ahead of its use instead, renewed before the other side drops it, and
 * given to the next request that needs one.
 */
export function createPreconnect(
  clock: Clock,
  connect: buildConnector.connector,
  to: buildConnector.Options,
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
   * Undefined where the connection is closed, or where the server has sent something before any
   * request, such as a 408.
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
      // By the next turn of the event loop, data that the server sent before the request has been
      // read. It must not pass for the reply.
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
  // A connection that breaks unused is replaced when its time is up.
}
