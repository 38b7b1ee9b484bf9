import { judgeAnswer, type JudgedAnswer } from "../../sandbox/okta.ts";
import type { Usage } from "./usage.ts";

export interface Sent {
  /** Undefined where no answer came in time; `why` says it then. */
  readonly judged: JudgedAnswer | undefined;
  readonly status: number;
  readonly why: string;
  readonly ms: number;
}

/** Okta waits for so long. */
const timeoutMs = 3_000;

export async function send(body: string, { url, secret }: Usage): Promise<Sent> {
  const secretHeader = secret && { [process.env["OKTA_AUTH_HEADER"] ?? "authorization"]: secret };
  const start = performance.now();
  const elapsedMs = () => Math.round(performance.now() - start);
  try {
    const answer = await fetch(url, {
      method: "POST",
      headers: { accept: "application/json", "content-type": "application/json", ...secretHeader },
      body,
      redirect: "manual",
      signal: AbortSignal.timeout(timeoutMs),
    });
    const judged = judgeAnswer(answer.status, answer.headers.get("content-type"), await answer.text());
    return { judged, status: answer.status, why: "", ms: elapsedMs() };
  } catch (error) {
    const why = error instanceof Error && error.name === "TimeoutError" ? "no answer in 3 s" : "no connection";
    return { judged: undefined, status: 0, why, ms: elapsedMs() };
  }
}
