import type { IncomingMessage, ServerResponse } from "node:http";
import { isRecord, type Answer, type Api } from "./api.ts";

/**
 * A fault of 8x8. A fault that is not in `afterChecks` answers before any check, and no message is
 * sent.
 */
export type Fault =
  /** Answers as usual after `ms`, in milliseconds. */
  | { readonly fault: "slow"; readonly ms?: number }
  /**
   * `hang`: no answer. `trickle`: headers, then a byte every 100 ms. `endless`: headers, then data
   * without end.
   */
  | { readonly fault: "hang" | "trickle" | "endless" | "reset" }
  | { readonly fault: "401" | "403" | "426" | "500" | "503" }
  | { readonly fault: "429"; readonly retryAfter?: number | string }
  | { readonly fault: "302"; readonly location?: string }
  /** A refusal with status 200: REJECTED for an SMS, NOT_CREATED for a call. */
  | { readonly fault: "rejected"; readonly description?: string }
  /**
   * A refusal with a code. A call gets NOT_CREATED. An SMS gets the error envelope, or REJECTED
   * with status 200.
   */
  | { readonly fault: "not-created"; readonly statusCode?: number; readonly status?: number }
  /**
   * 8x8 accepts with an id that is not a UUID, or refuses with an undocumented code. Both can echo
   * parts of the request.
   */
  | { readonly fault: "odd-id"; readonly id?: string }
  | { readonly fault: "odd-code"; readonly code?: number }
  | { readonly fault: "garbage" | "wrong-shape" | "html-502" | "sender-refused" }
  /** 8x8 accepts, but a receipt reports a failure. With `no-credit`, the balance is 0 too. */
  | { readonly fault: "sender-undelivered" | "no-credit" }
  | { readonly fault: "sender-changed"; readonly source?: string };

const options: Readonly<Record<Fault["fault"], Readonly<Record<string, readonly string[]>>>> = {
  slow: { ms: ["number"] },
  hang: {},
  trickle: {},
  endless: {},
  reset: {},
  "401": {},
  "403": {},
  "426": {},
  "429": { retryAfter: ["number", "string"] },
  "500": {},
  "503": {},
  "302": { location: ["string"] },
  rejected: { description: ["string"] },
  "not-created": { statusCode: ["number"], status: ["number"] },
  "odd-id": { id: ["string"] },
  "odd-code": { code: ["number"] },
  garbage: {},
  "wrong-shape": {},
  "html-502": {},
  "no-credit": {},
  "sender-refused": {},
  "sender-undelivered": {},
  "sender-changed": { source: ["string"] },
};
export const knownFaults = Object.keys(options) as Fault["fault"][];

/** Reads a fault in JSON. Returns undefined if the fault is unknown or has a wrong option. */
export function parseFault(json: unknown): Fault | undefined {
  if (!isRecord(json)) return undefined;
  const { fault, ...given } = json;
  const known = knownFaults.find((name) => name === String(fault));
  if (known === undefined) return undefined;
  const good = Object.entries(given).every(([name, value]) =>
    options[known][name]?.includes(typeof value),
  );
  return good ? { ...given, fault: known } : undefined;
}

/** A complete answer. */
export interface Written {
  readonly status: number;
  readonly body: unknown;
}

const afterChecks = ["slow", "no-credit", "sender-undelivered", "sender-changed"] as const;
type Misbehaviour = Exclude<Fault, { fault: (typeof afterChecks)[number] }>;

export function isBeforeChecks(fault: Fault): fault is Misbehaviour {
  return !afterChecks.some((name) => name === fault.fault);
}

export function misbehave(
  fault: Misbehaviour,
  api: Api,
  request: IncomingMessage,
  response: ServerResponse,
): Written | undefined {
  switch (fault.fault) {
    case "hang":
      return undefined;
    case "reset":
      request.socket.resetAndDestroy();
      return undefined;
    case "trickle":
      keepWriting(response, " ", 100);
      return undefined;
    case "endless":
      keepWriting(response, "x".repeat(8 * 1024), 20);
      return undefined;
    case "302":
      return write(
        response,
        { status: 302, body: {} },
        { location: fault.location ?? "/redirected" },
      );
    case "429":
      return write(
        response,
        api.failure(429),
        fault.retryAfter === undefined ? {} : { "retry-after": fault.retryAfter },
      );
    case "426":
      return write(response, api.failure(426), { upgrade: "TLS/1.3" });
    case "401":
    case "403":
    case "500":
    case "503":
      return write(response, api.failure(Number(fault.fault)));
    case "rejected":
      return write(response, api.refusal(200, undefined, fault.description));
    case "not-created":
      return write(response, api.refusal(fault.status ?? 422, fault.statusCode, undefined));
    case "odd-id":
      return write(response, api.accepted(fault.id ?? "sms-6591234567-1"));
    case "odd-code":
      return write(response, api.refusal(400, fault.code ?? 48213, undefined));
    case "wrong-shape":
      return write(response, { status: 200, body: { ok: true } });
    case "sender-refused":
      return write(response, api.senderRefusal());
    case "garbage":
      return writeText(response, 200, "application/json", '{"umid":');
    case "html-502":
      return writeText(response, 502, "text/html", "<html><body>Bad gateway</body></html>");
  }
}

function writeText(
  response: ServerResponse,
  status: number,
  contentType: string,
  body: string,
): Written {
  response.writeHead(status, { "content-type": contentType }).end(body);
  return { status, body };
}

export function write(
  response: ServerResponse,
  { status, body }: Answer,
  headers: Record<string, string | number> = {},
): Written {
  response
    .writeHead(status, { "content-type": "application/json", ...headers })
    .end(JSON.stringify(body));
  return { status, body };
}

function keepWriting(response: ServerResponse, text: string, ms: number): void {
  response.writeHead(200, { "content-type": "application/json" }).write('{"umid":"');
  const timer = setInterval(() => {
    if (!response.writableNeedDrain) response.write(text);
  }, ms);
  response.on("close", () => {
    clearInterval(timer);
  });
}
