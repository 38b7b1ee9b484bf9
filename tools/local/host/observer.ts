import { AsyncLocalStorage } from "node:async_hooks";
import { subscribe } from "node:diagnostics_channel";
import type { TelemetryEvent } from "../../../src/telemetry/exporter.ts";
import type { HttpCall, HttpReply } from "./invocation.ts";

/** What happens in the app, reported to the process that started the host. */
export type Report = RequestReport | AnswerReport | EventReport | WrongPathReport;

export interface RequestReport {
  readonly kind: "request";
  /** Counts the requests of this process. */
  readonly call: number;
  readonly function: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

export interface AnswerReport {
  readonly kind: "answer";
  readonly call: number;
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  readonly ms: number;
}

/** One of the app's own events. */
export interface EventReport extends Pick<TelemetryEvent, "name" | "properties" | "attempts"> {
  readonly kind: "event";
  /** The request that it is of. */
  readonly call?: number | undefined;
}

/** A request that no function is for, answered 404. */
export interface WrongPathReport {
  readonly kind: "wrong-path";
  readonly method: string;
  /** Without its query. */
  readonly path: string;
}

/** Runs one request to a function, and watches it. */
export type Observe = (
  name: string,
  call: HttpCall,
  run: () => Promise<HttpReply | undefined>,
) => Promise<HttpReply | undefined>;

export const unobserved: Observe = (_name, _call, run) => run();

export const mask = "••••••";
/** Twice what the app reads of a hook. Only this much of a longer body is reported. */
const reportedBytes = 128 * 1024;

/** @param secretHeaders What authenticates a request stays in this process. */
export function createObserver(
  secretHeaders: readonly string[],
  report: (report: Report) => void,
): Observe {
  const current = new AsyncLocalStorage<number>();
  let calls = 0;
  subscribe("okta-8x8-telephony:event", (message) => {
    const { name, properties, attempts } = message as TelemetryEvent;
    report({ kind: "event", call: current.getStore(), name, properties, attempts });
  });
  return (name, { headers, body }, run) => {
    const call = ++calls;
    const masked = { ...headers };
    for (const header of secretHeaders) if (header in masked) masked[header] = mask;
    const text = body?.bytes.subarray(0, reportedBytes).toString() ?? "";
    report({ kind: "request", call, function: name, headers: masked, body: text });
    return current.run(call, async () => {
      const start = performance.now();
      const answer = (
        status: number,
        contentType = "",
        bytes: Uint8Array = new Uint8Array(),
      ): void => {
        const text = Buffer.from(bytes).toString();
        report({
          kind: "answer",
          call,
          status,
          contentType,
          body: text,
          ms: performance.now() - start,
        });
      };
      try {
        const reply = await run();
        answer(
          Number(reply?.statusCode ?? 204),
          reply?.headers["content-type"],
          reply?.body?.bytes,
        );
        return reply;
      } catch (error) {
        answer(500);
        throw error;
      }
    });
  };
}
