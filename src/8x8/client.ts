import { buildConnector, errors, Pool, type Dispatcher } from "undici";
import { parseJson } from "../delivery/json.ts";
import type { Clock } from "../timing/clock.ts";
import type { Deadline } from "../timing/deadline.ts";
import { createPreconnect, idleTimeoutMs } from "./preconnect.ts";

export type Reply =
  | {
      readonly kind: "answered";
      readonly status: number;
      readonly retryAfter: string | undefined;
      /** Undefined where it was cut, too long or not JSON. */
      readonly body: unknown;
      readonly cut: Cut | undefined;
    }
  /** Nothing was written: 8x8 has not seen the request. */
  | { readonly kind: "unsent"; readonly cause: "unreachable" | "deadline" }
  /** The request was written and no reply came: 8x8 may act on it. */
  | { readonly kind: "unanswered"; readonly cause: Cut };

type Cut = "connection-cut" | "deadline";

export interface Client {
  readonly host: string;
  /**
   * Never throws, never repeats, never follows a redirect, and is back when the deadline passes.
   */
  post(path: string, body: object, apiKey: string, deadline: Deadline): Promise<Reply>;
  close(): Promise<void>;
}

/** 8x8's replies are under 1 KB. */
const replyLimitBytes = 64 * 1024;
const connectTimeoutMs = 3_000;

/**
 * @param preconnects False where nobody waits for the reply: then no connection is opened ahead of
 * its use.
 */
export function createClient(clock: Clock, origin: string, { preconnects = true } = {}): Client {
  const { protocol, hostname, port, host } = new URL(origin);
  const connector = buildConnector({ timeout: connectTimeoutMs, allowH2: false });
  const to = { protocol, hostname: hostname.replace(/^\[|\]$/g, ""), host, port };
  const preconnect = preconnects ? createPreconnect(clock, connector, to) : undefined;
  // No limit to the connections, so that no hook waits for another's. The deadline takes the place
  // of undici's own timers.
  const pool = new Pool(origin, {
    connect: preconnect?.connector ?? connector,
    allowH2: false,
    keepAliveTimeout: idleTimeoutMs,
    keepAliveMaxTimeout: 60_000,
    headersTimeout: 0,
    bodyTimeout: 0,
    maxResponseSize: replyLimitBytes,
  });
  return {
    host,
    post: (path, body, apiKey, deadline) =>
      new Promise((resolve) => {
        const options: Dispatcher.DispatchOptions = {
          path,
          method: "POST",
          headers: [
            "authorization",
            `Bearer ${apiKey}`,
            "content-type",
            "application/json",
            "accept",
            "application/json",
          ],
          body: JSON.stringify(body),
        };
        pool.dispatch(options, followRequest(deadline, resolve));
      }),
    async close() {
      preconnect?.close();
      await pool.destroy();
    },
  };
}

/** Follows one request over the wire and resolves once, whatever happens to it. */
function followRequest(
  { signal }: Pick<Deadline, "signal">,
  resolve: (reply: Reply) => void,
): Dispatcher.DispatchHandler {
  let controller: Dispatcher.DispatchController | undefined;
  let settled = false;
  let status: number | undefined;
  let retryAfter: string | undefined;
  const chunks: Buffer[] = [];

  function settle(cut: Cut | undefined, body?: unknown): void {
    if (settled) return;
    settled = true;
    signal.removeEventListener("abort", onDeadline);
    if (status !== undefined) {
      resolve({ kind: "answered", status, retryAfter, body, cut });
    } else if (controller === undefined) {
      resolve({ kind: "unsent", cause: cut === "deadline" ? cut : "unreachable" });
    } else {
      resolve({ kind: "unanswered", cause: cut ?? "connection-cut" });
    }
  }

  function onDeadline(): void {
    settle("deadline");
    controller?.abort(new Error("deadline"));
  }

  signal.addEventListener("abort", onDeadline, { once: true });
  if (signal.aborted) onDeadline();
  return {
    // Called just before undici writes, so until then nothing has been sent.
    onRequestStart(started) {
      controller = started;
      if (settled) started.abort(new Error("deadline"));
    },
    onResponseStart(_, code, headers) {
      // A 1xx is not the reply. (On a 100, which was not asked for, undici cuts the connection.)
      if (code < 200) return;
      status = code;
      retryAfter = [headers["retry-after"]].flat()[0];
    },
    onResponseData(_, chunk) {
      chunks.push(chunk);
    },
    onResponseEnd() {
      settle(undefined, parseJson(Buffer.concat(chunks).toString()));
    },
    onResponseError(_, error) {
      settle(error instanceof errors.ResponseExceededMaxSizeError ? undefined : "connection-cut");
    },
  };
}
