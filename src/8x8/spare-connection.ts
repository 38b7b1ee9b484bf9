import type { Socket } from "node:net";
import type { buildConnector } from "undici";

/**
 * How long a connection may be idle, in milliseconds. Servers commonly close after 5 s (Node's default) or more; a POST
 * written while the other side closes is lost, and may not be repeated.
 */
export const idleLimit = 4_000;

const longestWait = 60_000;

/**
 * Sign-ins are rare, so most hooks would meet a closed connection and pay for TCP and TLS again. One spare connection
 * is kept open instead, renewed before the other side drops it, and given to the next request that needs one.
 */
export function createSpareConnection(connect: buildConnector.connector, to: buildConnector.Options) {
  let spare: Socket | undefined;
  let wait = idleLimit;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  function open(): void {
    connect(to, (_, socket) => {
      if (closed) return void socket?.destroy();
      wait = socket ? idleLimit : Math.min(wait * 2, longestWait);
      clearTimeout(timer);
      timer = setTimeout(open, wait).unref();
      spare?.destroy();
      spare = socket?.on("error", ignore).unref();
    });
  }

  open();
  return {
    connector: ((options, callback) => {
      const socket = spare;
      spare = undefined;
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
      spare?.destroy();
    },
  };
}

function ignore(): void {
  // A spare that breaks is replaced when its time is up.
}
