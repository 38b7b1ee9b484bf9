import { errors, Pool, type Dispatcher } from "undici";
import { parseJson } from "../privacy/json.ts";
import type { Deadline } from "../timing/clock.ts";

/** Only the provider may get this request, which holds the code, the number and a secret. */
export interface ProviderRequest {
  readonly path: string;
  /** Names and values alternate. */
  readonly headers: string[];
  readonly body: string | Uint8Array;
}

export interface Answered {
  readonly kind: "answered";
  readonly status: number;
  readonly retryAfter: string | undefined;
  /** Undefined if the body was cut off, is too long or is not JSON. */
  readonly body: unknown;
  readonly cut: Cut | undefined;
}

export type Reply =
  | Answered
  /** Nothing was written, so the provider has not seen the request. */
  | { readonly kind: "unsent"; readonly cause: "unreachable" | "deadline" }
  /** The request was written, but no reply came. The provider may send the code. */
  | {
      readonly kind: "unanswered";
      readonly cause: Cut;
      /** The reply of a request that stays open after `answerBy`, at the deadline at the latest. */
      readonly later?: Promise<Reply>;
    };

type Cut = "connection-cut" | "deadline";

export interface Client {
  readonly host: string;
  /**
   * Resolves at the deadline or at `answerBy` at the latest. At `answerBy`, a written request stays
   * open, and any other request is given up. Never rejects, retries or follows a redirect.
   */
  post(request: ProviderRequest, deadline: Deadline, answerBy?: Deadline): Promise<Reply>;
}

/** 8x8's replies are under 1 KB. Okta accepts less than 256 KB from a hook. */
const replyLimitBytes = 64 * 1024;

/**
 * A POST that meets a closing connection is lost and must not be repeated. Many servers close an
 * idle connection after 5 s, which is Node's default.
 */
const idleTimeoutMs = 4_000;

export function createClient(origin: string): Client {
  // The number of connections is not limited, so no request waits for another one. The deadline
  // replaces undici's timers.
  const pool = new Pool(origin, {
    allowH2: false,
    keepAliveTimeout: idleTimeoutMs,
    keepAliveMaxTimeout: 60_000,
    headersTimeout: 0,
    bodyTimeout: 0,
    maxResponseSize: replyLimitBytes,
  });
  return {
    host: new URL(origin).host,
    post: ({ path, headers, body }, deadline, answerBy = deadline) =>
      new Promise((resolve) => {
        const options = { path, method: "POST", headers, body } as const;
        pool.dispatch(options, followRequest(deadline.signal, answerBy.signal, resolve));
      }),
  };
}

function followRequest(
  deadline: AbortSignal,
  answerBy: AbortSignal,
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
    deadline.removeEventListener("abort", onDeadline);
    answerBy.removeEventListener("abort", onAnswerBy);
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

  function onAnswerBy(): void {
    if (controller === undefined || deadline.aborted) {
      onDeadline();
      return;
    }
    const answer = resolve;
    const later = new Promise<Reply>((resolveLater) => (resolve = resolveLater));
    answer({ kind: "unanswered", cause: "deadline", later });
  }

  deadline.addEventListener("abort", onDeadline, { once: true });
  answerBy.addEventListener("abort", onAnswerBy, { once: true });
  if (deadline.aborted || answerBy.aborted) onDeadline();
  return {
    // undici calls this method just before it writes the request.
    onRequestStart(started) {
      controller = started;
      if (settled) started.abort(new Error("deadline"));
    },
    onResponseStart(_, code, headers) {
      // A 1xx is not the final reply.
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
