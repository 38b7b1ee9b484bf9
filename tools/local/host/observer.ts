import { AsyncLocalStorage } from "node:async_hooks";
import { subscribe } from "node:diagnostics_channel";
import type { TelemetryEvent } from "../../../src/telemetry/event.ts";
import { isLoopback } from "../../../src/settings/environment/validators.ts";
import type { HttpCall, HttpReply } from "./invocation.ts";

/** A message to the process that started the host. */
export type Report = RequestReport | AnswerReport | EventReport | WrongPathReport;

export interface RequestReport {
  readonly kind: "request";
  /** Number of the request in this process, counted from 1. */
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

export interface EventReport extends Pick<TelemetryEvent, "name" | "properties" | "attempts"> {
  readonly kind: "event";
  readonly call?: number | undefined;
}

export interface WrongPathReport {
  readonly kind: "wrong-path";
  readonly method: string;
  readonly path: string;
}

export type Observe = (
  name: string,
  call: HttpCall,
  run: () => Promise<HttpReply | undefined>,
) => Promise<HttpReply | undefined>;

export const unobserved: Observe = (_name, _call, run) => run();

/** This header tells a stand-in which request the app is answering. */
export const callHeader = "x-local-call";

interface SentRequest {
  readonly origin?: string | URL;
  addHeader(name: string, value: string): void;
}

export const mask = "••••••";
/** Maximum length of a reported body: twice the app's own limit for a request. */
const reportedBytes = 128 * 1024;

/** @param secretHeaders Headers whose values are masked in reports. */
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
  // https://github.com/nodejs/undici/blob/main/docs/docs/api/DiagnosticsChannel.md
  subscribe("undici:request:create", (message) => {
    const { request } = message as { readonly request: SentRequest };
    const call = current.getStore();
    const url = URL.parse(String(request.origin));
    if (call !== undefined && url !== null && isLoopback(url))
      request.addHeader(callHeader, String(call));
  });
  return (name, { headers, body }, run) => {
    const call = ++calls;
    const masked = { ...headers };
    for (const header of secretHeaders) if (header in masked) masked[header] = mask;
    const text = body?.bytes.subarray(0, reportedBytes).toString() ?? "";
    report({ kind: "request", call, function: name, headers: masked, body: text });
    return current.run(call, async () => {
      const start = performance.now();
      const answer = (status: number, contentType = "", bytes?: Uint8Array): void => {
        const body = Buffer.from(bytes ?? []).toString();
        const ms = performance.now() - start;
        report({ kind: "answer", call, status, contentType, body, ms });
      };
      try {
        const reply = await run();
        const { statusCode = 204, headers: answered, body: returned } = reply ?? {};
        answer(Number(statusCode), answered?.["content-type"], returned?.bytes);
        return reply;
      } catch (error) {
        answer(500);
        throw error;
      }
    });
  };
}
