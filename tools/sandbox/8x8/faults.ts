import type { IncomingMessage, ServerResponse } from "node:http";
import { isRecord, type Answer, type Api } from "./api.ts";

/**
 * A fault of 8x8. A fault that is not in `afterChecks` answers before any check, and no message is
 * sent.
 */
export type Fault =
  /** Answers as usual after `ms`, in milliseconds. */
  | { readonly fault: "slow"; readonly ms?: number }
  /** `hang`: no answer. */
  | { readonly fault: "hang" | "reset" }
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
  | { readonly fault: "garbage" }
  /** 8x8 accepts, but the receipt of an SMS reports a failure, and the balance is 0. */
  | { readonly fault: "no-credit" }
  | { readonly fault: "sender-changed"; readonly source?: string };

const options: Readonly<Record<Fault["fault"], Readonly<Record<string, readonly string[]>>>> = {
  slow: { ms: ["number"] },
  hang: {},
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
  "no-credit": {},
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

const afterChecks = ["slow", "no-credit", "sender-changed"] as const;
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
    case "garbage": {
      const body = '{"umid":';
      response.writeHead(200, { "content-type": "application/json" }).end(body);
      return { status: 200, body };
    }
  }
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
