import { callHook, type JudgedAnswer } from "../sandbox/okta.ts";

export interface Sent {
  /** Undefined if no answer came in time. `why` is the reason. */
  readonly judged: JudgedAnswer | undefined;
  readonly status: number;
  readonly why: string;
  /** Node's error code, such as ECONNREFUSED. */
  readonly code: string | undefined;
  readonly ms: number;
}

/** Sends the request. If there is no secret, the request has no secret header. */
export async function send(
  body: string,
  { url, secret, header }: { readonly url: URL; readonly secret: string; readonly header: string },
): Promise<Sent> {
  const call = await callHook(url, body, secret ? { [header]: secret } : {});
  const ms = Math.round(call.ms);
  return call.answered
    ? { judged: call.judged, status: call.status, why: "", code: undefined, ms }
    : { judged: undefined, status: 0, why: call.why, code: call.code, ms };
}
