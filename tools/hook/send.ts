import { randomUUID } from "node:crypto";
import { callHook, type JudgedAnswer } from "../sandbox/okta.ts";
import type { Usage } from "./usage.ts";

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
  {
    url,
    secret,
    header,
    preset,
  }: Pick<Usage, "url" | "secret" | "header"> & Partial<Pick<Usage, "preset">>,
): Promise<Sent> {
  const given = preset?.send.wrongSecret ? randomUUID() : secret;
  const secretHeader = given ? { [header]: given } : {};
  const call = await callHook(url, body, secretHeader);
  const ms = Math.round(call.ms);
  return call.answered
    ? { judged: call.judged, status: call.status, why: "", code: undefined, ms }
    : { judged: undefined, status: 0, why: call.why, code: call.code, ms };
}
