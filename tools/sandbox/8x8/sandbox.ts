import type { IncomingHttpHeaders, ServerResponse } from "node:http";
import type { Channel } from "../../../src/rules/channels.ts";
import type { ArmedFault } from "../armed-fault.ts";
import type { OwnRequest } from "../own-requests.ts";
import type { Received } from "./api.ts";
import type { Fault, Written } from "./faults.ts";
import type { Feedback } from "./feedback.ts";
import type { Receipts } from "./receipts.ts";
import type { Webhooks } from "./webhooks.ts";

/** `any` is the API that is called next. */
export type Failing = Channel | "feedback" | "any";

export interface ApiFault {
  readonly of: Failing;
  readonly fault: Fault;
}

export interface Sandbox8x8
  extends Pick<ArmedFault<ApiFault>, "recover">, Pick<Receipts, "setFate"> {
  readonly url: string;
  readonly env: Record<string, string>;
  /** Id of the account, which is in the path of the API for SMS webhooks. */
  readonly accountId: string;
  /** The newest 10,000 requests to the APIs in order of arrival, including refused requests. */
  readonly requests: RecordedRequest[];
  /** The newest 10,000 messages that phones received. */
  readonly messages: Received[];
  readonly feedback: Feedback[];
  readonly webhooks: Webhooks["of"];
  readonly receipts: Receipts["sent"];
  /** Without `times`, the API fails until `recover` or the next `fail`. */
  fail(of: Failing, fault: Fault, times?: number): void;
  readonly fault: Pick<ArmedFault<ApiFault>, "current" | "onChange">;
  setApiKey(key: string): void;
  sendReceiptsTo(url: string, authorization: string): void;
  connections(): number;
  /** Number of sockets accepted so far. */
  accepted(): number;
  close(): Promise<void>;
}

export interface RecordedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** Body, parsed if it is JSON. */
  readonly body: unknown;
}

export interface Sandbox8x8Options {
  readonly apiKey: string;
  readonly subAccounts?: Partial<Record<Channel, string>>;
  readonly port?: number;
  /** Waits before the answer of the fault `slow`. Default: in real time. */
  readonly sleep?: (milliseconds: number) => Promise<unknown>;
  readonly onRequest?: (request: RecordedRequest) => void;
  /** Called after a complete answer. */
  readonly onAnswer?: (request: RecordedRequest, answer: Written) => void;
  /** Called before the request is answered. */
  readonly onMessage?: (message: Received, request: RecordedRequest) => void;
  /** Called when the app has accepted a receipt. */
  readonly onReceipt?: (body: unknown) => void;
  /** Serves a request for the sandbox itself. Returns false for an unknown path. */
  readonly serveOwn?: (request: OwnRequest, response: ServerResponse) => Promise<boolean>;
}
