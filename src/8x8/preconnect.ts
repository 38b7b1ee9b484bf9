import type { Socket } from "node:net";
import type { buildConnector } from "undici";

/**
 * How long a connection may be idle. Servers commonly close after 5 s (Node's default) or more; a POST
 * written while the other side closes is lost, and may not be repeated.
 */
export const idleTimeoutMs = 4_000;

const renewDelayLimitMs = 60_000;

/**
 * Sign-ins are rare, so most hooks would meet a closed connection and pay for TCP and TLS again. One connection is
 * opened ahead of its use instead, renewed before the other side drops it, and given to the next request that needs one.
 */
export function createPreconnect(connect: buildConnector.connector, to: buildConnector.Options) {
  let ready: Socket | undefined;
  let renewDelayMs = idleTimeoutMs;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  function open(): void {
    connect(to, (_, socket) => {
      if (closed) return void socket?.destroy();
      renewDelayMs = socket ? idleTimeoutMs : Math.min(renewDelayMs * 2, renewDelayLimitMs);
      clearTimeout(timer);
      timer = setTimeout(open, renewDelayMs).unref();
      ready?.destroy();
      ready = socket?.on("error", ignore).unref();
    });
  }

  open();
  return {
    connector: ((options, callback) => {
      const socket = ready;
      ready = undefined;
      if (!socket?.writable) {
        connect(options, callback);
        return;
      }
      setImmediate(open);
      // undici misses an answer that comes before its call has returned.
      queueMicrotask(() => {
        callback(null, socket.removeListener("error", ignore).ref());
      });
    }) as buildConnector.connector,
    close(): void {
      closed = true;
      clearTimeout(timer);
      ready?.destroy();
    },
  };
}

function ignore(): void {
  // A connection that breaks unused is replaced when its time is up.
}
