import { judgeAnswer, type JudgedAnswer } from "./judged-answer.ts";

export type HookCall = AnsweredCall | UnansweredCall;

export interface UnansweredCall {
  readonly answered: false;
  readonly why: string;
  /** Node's error code, such as ECONNREFUSED. Undefined after a timeout. */
  readonly code: string | undefined;
  readonly ms: number;
}

export interface AnsweredCall {
  readonly answered: true;
  readonly status: number;
  readonly contentType: string | null;
  readonly body: string;
  readonly judged: JudgedAnswer;
  readonly ms: number;
}

/** Okta's timeout: https://developer.okta.com/docs/concepts/inline-hooks/#timeout-and-retry */
export const timeoutMs = 3_000;

export function noAnswer(why: string): string {
  return `No answer (${why}). If your org has Okta's own provider, Okta delivers the code itself.`;
}

export async function callHook(
  url: string | URL,
  body: string,
  secretHeader: Record<string, string>,
): Promise<HookCall> {
  const start = performance.now();
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const answer = await fetch(url, {
      method: "POST",
      headers: { accept: "application/json", "content-type": "application/json", ...secretHeader },
      body: Buffer.from(body),
      redirect: "manual",
      signal,
    });
    const text = await answer.text();
    const { status, headers } = answer;
    const contentType = headers.get("content-type");
    const judged = judgeAnswer(status, contentType, text);
    return {
      answered: true,
      status,
      contentType,
      body: text,
      judged,
      ms: performance.now() - start,
    };
  } catch (error) {
    return {
      answered: false,
      why: signal.aborted ? "no answer in 3 s" : "no connection",
      code: signal.aborted ? undefined : codeOf(error),
      ms: performance.now() - start,
    };
  }
}

/** fetch reports a failed connection in the `cause` of its error. */
function codeOf(error: unknown): string | undefined {
  const { code, cause } = error as NodeJS.ErrnoException;
  return code ?? (cause === undefined ? undefined : codeOf(cause));
}
