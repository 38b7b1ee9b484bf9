import { createClient, type Answered } from "../providers/client.ts";
import type { Provider, ProviderSecret } from "../providers/send.ts";
import type { AttemptOutcome } from "../rules/outcome.ts";
import { readAnswer } from "../okta/telephony-answer.ts";

interface SecondHookSettings {
  readonly url: string;
  /** The header that carries the second hook's secret. */
  readonly header: string;
}

/**
 * Shows that this app sent the request, and not Okta. The header stops loops, and explains the
 * request in the other hook's log.
 */
export const passedOnHeader = "x-passed-on-by";

/**
 * Another provider's telephony hook, for SMS and calls. The second hook gets the body of Okta's
 * request byte for byte, but not Okta's headers. There is no retry, because a second request could
 * send a second message.
 */
export function createSecondHook(
  { url, header }: SecondHookSettings,
  secret: ProviderSecret,
): Provider {
  const { origin, pathname } = new URL(url);
  const hook = {
    client: createClient(origin),
    createRequest: ({ body }, _, value) => ({
      path: pathname,
      headers: [
        ...["content-type", "application/json"],
        ...[header, value],
        ...[passedOnHeader, "okta-8x8-telephony"],
      ],
      body: body.expose(),
    }),
    outcomeOf,
  } satisfies Provider["channels"]["sms"];
  return {
    name: "second-hook",
    secret,
    channels: { sms: hook, voice: hook },
    retries: false,
    whyNot: () => undefined,
  };
}

/**
 * Returns the outcome of the second hook's reply. Reads only the HTTP status and the status of
 * Okta's command, because ids and sentences may contain a phone number or an OTP code.
 */
function outcomeOf({ status, body, cut }: Answered): AttemptOutcome {
  const no = { ok: false, code: String(status) } as const;
  // A hook may pass on a 5xx or a 429 of its provider after it has sent the code.
  if (status >= 500)
    return { ...no, outcome: "unavailable", reason: "provider-error", mayBeSent: true };
  if (status === 429)
    return { ...no, outcome: "unavailable", reason: "rate-limited", mayBeSent: true };
  if (status === 401 || status === 403)
    return { ...no, outcome: "rejected", reason: "key-rejected" };
  if (status >= 400) return { ...no, outcome: "rejected", reason: "rejected-by-provider" };
  if (status >= 300) return { ...no, outcome: "unavailable", reason: "redirected" };
  const answer = status === 200 ? readAnswer(body) : undefined;
  if (answer === undefined)
    return { ...no, outcome: "unconfirmed", reason: cut ?? "unreadable-answer" };
  if (answer === "SUCCESSFUL" || answer === "PENDING")
    return { ok: true, outcome: "accepted", code: answer, pending: answer === "PENDING" };
  return { ...no, outcome: "rejected", reason: "rejected-by-provider", code: answer };
}

interface Secret {
  readonly name: string;
  current(): readonly string[];
}

/**
 * Returns the second hook's secret if the operator must be warned about it. Either the vault has no
 * value for it, or its value is the app's hook secret. A provider that logs headers, as Twilio's
 * sample does, would log the hook secret.
 * @param secret Undefined if there is no second hook.
 */
export function findSecretWarnings(
  secret: Secret | undefined,
  hookSecret: Pick<Secret, "current"> | undefined,
): readonly Secret[] {
  if (secret === undefined) return [];
  const values = secret.current();
  const ours = hookSecret?.current() ?? [];
  return values.length === 0 || values.some((value) => ours.includes(value)) ? [secret] : [];
}
