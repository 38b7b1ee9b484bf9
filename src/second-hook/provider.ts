import { createClient, type Answered } from "../providers/client.ts";
import type { Provider, ProviderSecret } from "../providers/send.ts";
import type { AttemptOutcome } from "../rules/outcome.ts";
import { readAnswer } from "../okta/telephony-answer.ts";

interface SecondHookSettings {
  readonly url: string;
  /** The header that carries its secret. */
  readonly header: string;
}

/** Tells this app, and a person who reads the other hook's log, that Okta did not send it. */
export const passedOnHeader = "x-passed-on-by";

/**
 * Another provider's telephony hook. It gets Okta's request byte for byte, and no header of Okta's,
 * and sends SMS and calls. A second request could send a second message, so it gets only one.
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
 * What a reply of the second hook means. Only its HTTP status and Okta's words are read: its ids and
 * sentences may hold a number or a code.
 */
function outcomeOf({ status, body, cut }: Answered): AttemptOutcome {
  const no = { ok: false, code: String(status) } as const;
  // A hook passes its provider's limits and errors on, and may have sent the code before them.
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
 * Returns the second hook's secret if it is missing, or the same as the secret that Okta sends us.
 * A provider that logs its headers (Twilio's sample does) would log our own secret.
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
