import { judgeAnswer } from "../judged-answer.ts";
import { failure, ok, type Answer, type ErrorCode } from "./answers.ts";
import type { HookBody } from "./schemas.ts";
import type { SystemLog } from "./system-log.ts";

/** Rejects if the server issues no token. */
export type FetchHookToken = (
  config: Extract<HookBody["channel"], { readonly type: "OAUTH" }>["config"],
) => Promise<string>;

const timeoutMs = 3_000;

/**
 * Sends the body to the hook's URL, with a timeout of 3 s and one retry after a timeout, a failed
 * connection or a 5xx. Answers 400 if the reply violates Okta's contract.
 */
export async function executeHook(
  hook: HookBody & { readonly id: string },
  body: unknown,
  log: SystemLog,
  fetchToken?: FetchHookToken,
): Promise<Answer> {
  // Okta's schema LogDebugContext describes `requestUri` as the address of the call that caused an
  // event.
  const telephony = {
    inlineHookType: "com.okta.telephony.provider",
    requestUri: `/api/v1/inlineHooks/${hook.id}/execute`,
  };
  const first = await send(hook, body, fetchToken);
  const reply =
    first === undefined || first.status >= 500 ? await send(hook, body, fetchToken) : first;
  const fail = (code: ErrorCode, reason: string) => {
    log.note("inline_hook.executed", telephony, { result: "FAILURE", reason });
    return failure(code, reason);
  };
  if (reply === undefined) return fail("E0000137", "The endpoint did not respond");
  if (reply.status !== 200) return fail("E0000135", `HTTP ${reply.status}`);
  const judged = judgeAnswer(reply.status, reply.contentType, reply.text);
  const taken = judged.contractKept && judged.answer !== "error";
  log.note("inline_hook.response.processed", telephony, {
    result: taken ? "SUCCESS" : "FAILURE",
    reason: null,
  });
  if (!taken) return failure("E0000135");
  // Okta's schema of this answer, TelephonyResponse, has only commands. The console preview in
  // 8x8's guide also has debugContext, but the console calls another API.
  const { commands } = JSON.parse(reply.text) as { commands: unknown };
  return ok({ commands });
}

async function send({ channel }: HookBody, body: unknown, fetchToken: FetchHookToken | undefined) {
  const { uri, headers = [] } = channel.config;
  try {
    const credential =
      channel.type === "HTTP"
        ? { [channel.config.authScheme.key]: channel.config.authScheme.value }
        : { authorization: `Bearer ${String(await fetchToken?.(channel.config))}` };
    const answer = await fetch(uri, {
      method: "POST",
      headers: {
        ...Object.fromEntries(headers.map(({ key, value }) => [key, value])),
        accept: "application/json",
        "content-type": "application/json",
        ...credential,
      },
      body: JSON.stringify(body),
      redirect: "manual",
      signal: AbortSignal.timeout(timeoutMs),
    });
    return {
      status: answer.status,
      contentType: answer.headers.get("content-type"),
      text: await answer.text(),
    };
  } catch {
    return undefined;
  }
}
