import type { IncomingHttpHeaders, ServerResponse } from "node:http";
import type { Channel } from "../../../src/delivery/channels.ts";
import type { ArmedFault } from "../armed-fault.ts";
import type { OwnRequest } from "../own-requests.ts";
import type { Received } from "./api.ts";
import type { Fault, Written } from "./faults.ts";
import type { Feedback } from "./feedback.ts";
import type { ReceiptSending } from "./receipt-sending.ts";

/** What fails: one channel's API for sending, the API for feedback, or whichever is called next. */
export type Failing = Channel | "feedback" | "any";

/** A fault of one API. */
export interface ApiFault {
  readonly of: Failing;
  readonly fault: Fault;
}

export interface Sandbox8x8
  extends
    Pick<ArmedFault<ApiFault>, "recover">,
    Pick<ReceiptSending, "accountId" | "webhooks" | "setFate"> {
  readonly url: string;
  /** The app's settings with which it takes this for 8x8. */
  readonly env: Record<string, string>;
  /** The newest 10,000 requests to the APIs, in order of arrival, those refused included. */
  readonly requests: RecordedRequest[];
  /** What phones would have received: the newest 10,000. */
  readonly messages: Received[];
  /** Feedback received on them. */
  readonly feedback: Feedback[];
  /** Without `times`, the API fails until `recover` is called, or another fault is switched on. */
  fail(of: Failing, fault: Fault, times?: number): void;
  readonly fault: Pick<ArmedFault<ApiFault>, "current" | "onChange">;
  setApiKey(key: string): void;
  /** Sets the webhooks of all sub-accounts. */
  sendReceiptsTo(url: string, authorization: string): void;
  /** Sockets open now. */
  connections(): number;
  /** Sockets accepted in all. */
  accepted(): number;
  close(): Promise<void>;
}

export interface RecordedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** Parsed where it is JSON, else the text. */
  readonly body: unknown;
}

export interface Sandbox8x8Options {
  readonly apiKey: string;
  readonly subAccounts?: Partial<Record<Channel, string>>;
  readonly port?: number;
  /** Of a prepaid account, in US dollars; the account is none where this is not given. */
  readonly balance?: number;
  readonly onRequest?: (request: RecordedRequest) => void;
  /** Not called where the answer never comes or never ends. */
  readonly onAnswer?: (request: RecordedRequest, answer: Written) => void;
  /** Called before the request for it is answered. */
  readonly onMessage?: (message: Received, request: RecordedRequest) => void;
  /** Called when the app has accepted a receipt. */
  readonly onReceipt?: (body: unknown) => void;
  /** Serves what is for the sandbox itself. False where it knows no such path. */
  readonly serveOwn?: (request: OwnRequest, response: ServerResponse) => Promise<boolean>;
  /** How long after a try that failed the next one of a receipt comes. */
  readonly repeatAfterMs?: readonly number[];
}
