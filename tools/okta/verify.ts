import { OktaError, wordsOf as errorWords } from "./okta-error.ts";
import { expiredCode, isProof, liveCode, readDetails, type OwnDetails } from "./expired-code.ts";
import type { Org } from "./org.ts";
import type { Channel } from "../../src/rules/channels.ts";

export type Verified =
  | { readonly proved: true; readonly details: OwnDetails }
  /** `words` name the cause without quoting Okta's or the hook's answer. */
  | { readonly proved: false; readonly words: string };

/**
 * Makes Okta call the hook with an expired code. This checks URL, secret, network and answer
 * without sending a message.
 */
export async function verify(
  org: Pick<Org, "execute">,
  hookId: string,
  channel?: Channel,
): Promise<Verified> {
  const executed = await execute(org, hookId, expiredCode(channel));
  if ("words" in executed) return { proved: false, ...executed };
  const details = readDetails(executed.body);
  if (details !== undefined && isProof(details)) return { proved: true, details };
  const said =
    details === undefined ? "the answer is not this app's" : `the app says ${wordsOf(details)}`;
  return { proved: false, words: `Okta reached the URL, but ${said}.` };
}

/**
 * Returns why the hook does not work, or undefined if it does. Verifies twice, because an app that
 * has just started can answer too late.
 */
export async function whyBroken(
  org: Pick<Org, "execute">,
  hookId: string,
): Promise<string | undefined> {
  const once = async () => {
    const seen = await verify(org, hookId).catch((error: unknown) => ({
      proved: false as const,
      words: errorWords(error),
    }));
    return seen.proved ? undefined : seen.words;
  };
  return (await once()) && (await once());
}

/** Returns a sentence for the person, or throws if the hook does not work. */
export async function confirmHook(org: Pick<Org, "execute">, hookId: string): Promise<string> {
  const seen = await verify(org, hookId);
  if (!seen.proved) throw new Error(seen.words);
  const { secretVersion: version } = seen.details;
  const uses =
    typeof version === "number"
      ? version === 1
        ? " Okta uses the newest hook secret."
        : ` Okta uses an older hook secret, number ${version} counted from the newest.`
      : "";
  return `Okta reached the hook, and the app refused the expired code (${wordsOf(seen.details)}). No message was sent.${uses}`;
}

/** Sends a message. Okta's /execute may call the hook twice, so two messages may arrive. */
export async function sendLive(
  org: Pick<Org, "execute">,
  hookId: string,
  phoneNumber: string,
  channel: Channel,
): Promise<Verified> {
  const executed = await execute(org, hookId, liveCode(phoneNumber, channel));
  if ("words" in executed) return { proved: false, ...executed };
  const details = readDetails(executed.body);
  if (details?.outcome === "accepted") return { proved: true, details };
  const said =
    details === undefined ? "Another app answered." : `The app answered ${wordsOf(details)}.`;
  return { proved: false, words: said };
}

async function execute(
  org: Pick<Org, "execute">,
  hookId: string,
  body: object,
): Promise<{ readonly body: unknown } | { readonly words: string }> {
  try {
    return { body: await org.execute(hookId, body) };
  } catch (error) {
    // For an unreachable hook, Okta documents 502 and 504 in its list of errors, but 400 for
    // /execute. So every error of Okta is a result here.
    if (error instanceof OktaError) return { words: error.message };
    throw error;
  }
}

export function wordsOf({ outcome, reason }: OwnDetails): string {
  // Outcome and reason come from closed lists of the app. Any other text is not printed.
  const known = [outcome, reason].filter(
    (word) => typeof word === "string" && /^[a-z\d-]{1,40}$/.test(word),
  );
  return known.join(", ");
}
