import { randomUUID } from "node:crypto";
import { askUrl, isProof } from "./expired-code.ts";
import type { Secrets } from "./secrets.ts";
import type { WantedState } from "./wanted-state.ts";

/** Throws if a URL rejects its secret. Call this function before Okta gets the secrets. */
export async function proveSecrets(
  { hook, events }: WantedState,
  { hook: hookSecret, events: eventSecret }: Secrets,
): Promise<void> {
  const isHook = hookSecret !== undefined && hook.auth === "secret";
  if (isHook && !isProof(await askUrl(hook.url, hook.header, hookSecret))) throw refused("hook");
  const isEvent = eventSecret !== undefined && events !== undefined;
  if (isEvent && !(await acceptsChallenge(events.url, eventSecret))) throw refused("event hook");
}

function refused(what: string): Error {
  return new Error(
    `Nothing was changed. The ${what}'s URL did not accept a request with this secret. Check the URL and the secret. If only Okta can call the URL, add --unproved.`,
  );
}

/** As Okta does once: https://developer.okta.com/docs/concepts/event-hooks/#one-time-verification-request */
async function acceptsChallenge(url: string, eventSecret: string): Promise<boolean> {
  const challenge = randomUUID();
  try {
    const answer = await fetch(url, {
      headers: { authorization: eventSecret, "x-okta-verification-challenge": challenge },
      redirect: "error",
      signal: AbortSignal.timeout(3_000),
    });
    const { verification } = (await answer.json()) as { verification?: unknown };
    return answer.ok && verification === challenge;
  } catch {
    return false;
  }
}
