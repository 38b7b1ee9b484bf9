import { judgeAnswer, type JudgedAnswer } from "./judged-answer.ts";

/** How a call of Okta's ended. */
export type HookCall = AnsweredCall | { readonly answered: false; readonly why: string; readonly ms: number };

export interface AnsweredCall {
  readonly answered: true;
  readonly status: number;
  readonly contentType: string | null;
  readonly body: string;
  readonly judged: JudgedAnswer;
  readonly ms: number;
}

/** https://developer.okta.com/docs/concepts/inline-hooks/#timeout-and-retry */
export const timeoutMs = 3_000;

/** What Okta concludes then. */
export function noAnswer(why: string): string {
  return `No answer (${why}): Okta sends the code through its own provider.`;
}

/** Calls the hook as Okta does, and waits as long. */
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
    return { answered: true, status, contentType, body: text, judged, ms: performance.now() - start };
  } catch {
    return {
      answered: false,
      why: signal.aborted ? "no answer in 3 s" : "no connection",
      ms: performance.now() - start,
    };
  }
}
