import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { parseJson, subAccountPattern, type Api, type Received } from "./api.ts";
import type { ArmedFault } from "../armed-fault.ts";
import { isBeforeChecks, misbehave, write, type Written } from "./faults.ts";
import type { FeedbackApi } from "./feedback.ts";
import { fateUnder, type Fate } from "./receipts.ts";
import type { ApiFault, RecordedRequest } from "./sandbox.ts";
import { httpError } from "./sms.ts";

export interface Answering {
  readonly apis: readonly Api[];
  readonly faults: ArmedFault<ApiFault>;
  readonly feedback: FeedbackApi;
  /**
   * Called before the answer is written. The phone gets the message, unless `fate` sets another
   * end.
   */
  readonly deliver: (
    received: Received,
    reply: object,
    subAccount: string,
    request: RecordedRequest,
    fate: Partial<Fate>,
  ) => void;
  readonly closed: AbortSignal;
}

export interface Call {
  readonly recorded: RecordedRequest;
  /** The body as it was sent. */
  readonly body: string;
  /** Whether the request has the API key. */
  readonly authentic: boolean;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/**
 * Answers as 8x8's APIs do, or with the fault that is on. Returns undefined if no complete answer
 * was written.
 */
export function createAnswering({ apis, faults, feedback, deliver, closed }: Answering) {
  return async ({
    recorded,
    body,
    authentic,
    request,
    response,
  }: Call): Promise<Written | undefined> => {
    const [, encoded = "", last, umid] =
      /^\/api\/v1\/subaccounts\/([^/?]+)\/(\w+)(?:\/([^/?]+)\/feedback)?$/.exec(recorded.path) ??
      [];
    const decoded = decode(encoded);
    const able = apis.filter(({ operation }) => operation === last);
    const api = able.find(({ subAccount }) => subAccount === decoded) ?? able[0];
    if (recorded.method !== "POST" || api === undefined)
      return write(response, api === undefined ? httpError(404) : api.failure(404));
    const called = umid === undefined ? api.channel : "feedback";
    const fault = faults.next(({ of }) => of === "any" || of === called)?.fault;
    if (fault !== undefined && isBeforeChecks(fault))
      return misbehave(fault, api, request, response);
    if (fault?.fault === "slow") await sleep(fault.ms ?? 1_000, undefined, { signal: closed });
    if (!authentic) return write(response, api.failure(401));
    if (umid !== undefined) return write(response, feedback.answer(umid, body));
    const subAccount = subAccountPattern.test(decoded) ? decoded : "";
    const { received, ...reply } = api.send({
      subAccount,
      contentType: recorded.headers["content-type"],
      body,
    });
    feedback.note(parseJson(body), reply.body);
    if (received !== undefined)
      deliver(received, reply.body ?? {}, subAccount, recorded, fateUnder(fault, received.channel));
    return write(response, reply);
  };
}

function decode(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return "";
  }
}
