import type { IncomingMessage, ServerResponse } from "node:http";
import { parseJson, type Api, type Received } from "./api.ts";
import type { ArmedFault } from "../armed-fault.ts";
import { isBeforeChecks, misbehave, write, type Fault, type Written } from "./faults.ts";
import type { FeedbackApi } from "./feedback.ts";
import type { ApiFault, RecordedRequest } from "./sandbox.ts";
import { httpError } from "./sms.ts";

export interface Answering {
  readonly apis: readonly Api[];
  readonly faults: ArmedFault<ApiFault>;
  readonly feedback: FeedbackApi;
  /** Called before the answer is written. */
  readonly deliver: (
    received: Received,
    reply: object,
    subAccount: string,
    request: RecordedRequest,
    fault: Fault | undefined,
  ) => void;
  readonly sleep: (milliseconds: number) => Promise<unknown>;
}

export interface Call {
  readonly recorded: RecordedRequest;
  readonly body: string;
  /** Whether the request has the API key. */
  readonly authentic: boolean;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** The returned function returns undefined if it wrote no complete answer. */
export function createAnswering({ apis, faults, feedback, deliver, sleep }: Answering) {
  return async (call: Call): Promise<Written | undefined> => {
    const { recorded, body, authentic, request, response } = call;
    const [, encoded = "", last, umid] =
      /^\/api\/v1\/subaccounts\/([\w.&%-]+)\/(\w+)(?:\/([^/?]+)\/feedback)?$/.exec(recorded.path) ??
      [];
    const subAccount = encoded.replaceAll("%26", "&");
    const able = apis.filter(({ operation }) => operation === last);
    const api = able.find((each) => each.subAccount === subAccount) ?? able[0];
    if (api === undefined) return write(response, httpError(404));
    const called = umid === undefined ? api.channel : "feedback";
    const fault = faults.next(({ of }) => of === "any" || of === called)?.fault;
    if (fault !== undefined && isBeforeChecks(fault))
      return misbehave(fault, api, request, response);
    if (fault?.fault === "slow") await sleep(fault.ms ?? 1_000);
    if (!authentic) return write(response, api.failure(401));
    if (umid !== undefined) return write(response, feedback.answer(umid, body));
    const contentType = recorded.headers["content-type"];
    const { received, ...reply } = api.send({ subAccount, contentType, body });
    feedback.note(parseJson(body), reply.body);
    if (received !== undefined) deliver(received, reply.body ?? {}, subAccount, recorded, fault);
    return write(response, reply);
  };
}
