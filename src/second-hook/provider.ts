import { createClient, type Answered } from "../providers/client.ts";
import type { Provider, ProviderSecret } from "../providers/send.ts";
import type { AttemptOutcome } from "../rules/outcome.ts";
import { readAnswer } from "../okta/telephony-answer.ts";

interface SecondHookSettings {
  readonly url: string;
  /** The header that carries the second hook's secret. */
  readonly header: string;
}

/** Stops loops, and shows in the other hook's log that this app sent the request. */
export const passedOnHeader = "x-passed-on-by";

/**
 * The second hook gets Okta's body byte for byte, but not Okta's headers. A retry could send a
 * second message, so there is no retry.
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
    outcomeOf: outcomeOfAnswer,
  } satisfies Provider["channels"]["sms"];
  return {
    name: "second-hook",
    secret,
    channels: { sms: hook, voice: hook },
    retries: false,
    whyNot: () => undefined,
  };
}

/** Reads no ids and no sentences, because they may contain a phone number or an OTP code. */
function outcomeOfAnswer({ status, body, cut }: Answered): AttemptOutcome {
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
  isAbsent(): boolean;
}

/**
 * Warns if the secret is missing or equals the app's hook secret. A provider that logs headers, as
 * Twilio's sample does, would log the hook secret.
 */
export function findSecretWarnings(
  secret: Secret | undefined,
  hookSecret: Pick<Secret, "current"> | undefined,
): readonly Secret[] {
  if (secret === undefined) return [];
  const ours = hookSecret?.current() ?? [];
  const isOurs = secret.current().some((value) => ours.includes(value));
  return secret.isAbsent() || isOurs ? [secret] : [];
}
