import { OktaError, wordsOf as errorWords } from "./okta-error.ts";
import { expiredCode, isProof, readDetails, type OwnDetails } from "./expired-code.ts";
import type { Org } from "./org.ts";
import { waitOut, type Timing } from "./waiting.ts";
import type { Channel } from "../../src/rules/channels.ts";

export type Verified =
  | { readonly proved: true; readonly details: OwnDetails }
  /** `words` name the cause without quoting Okta's or the hook's answer. */
  | { readonly proved: false; readonly words: string; readonly error?: OktaError };

/** Makes Okta call the hook with an expired code, for which the app sends no message. */
export async function verify(
  org: Pick<Org, "execute">,
  hookId: string,
  channel?: Channel,
): Promise<Verified> {
  let body: unknown;
  try {
    body = await org.execute(hookId, expiredCode(channel));
  } catch (error) {
    // For an unreachable hook, Okta's list of errors documents 502 and 504, but the page of
    // /execute documents 400. Therefore any OktaError means that the hook is not verified.
    if (error instanceof OktaError) return { proved: false, words: error.message, error };
    throw error;
  }
  const details = readDetails(body);
  if (details !== undefined && isProof(details)) return { proved: true, details };
  const said =
    details === undefined ? "the answer is not this app's" : `the app says ${wordsOf(details)}`;
  return { proved: false, words: `Okta reached the URL, but ${said}.` };
}

/**
 * Waits while Okta is away. Tries a second time, because an app that is starting can answer too
 * late.
 */
export async function verifyPatiently(
  org: Pick<Org, "execute">,
  hookId: string,
  timing: Timing,
  isStopped?: () => boolean,
): Promise<Verified> {
  const once = async () => {
    const seen = await verify(org, hookId);
    if (!seen.proved && seen.error?.away === true) throw seen.error;
    return seen;
  };
  try {
    const first = await waitOut(once, timing, { isStopped });
    return first.proved ? first : await waitOut(once, timing, { isStopped });
  } catch (error) {
    return { proved: false, words: errorWords(error) };
  }
}

/** Returns a sentence for the operator, or throws if the hook does not work. */
export function proofOf(seen: Verified): string {
  if (!seen.proved) throw new Error(seen.words);
  const { secretVersion: version } = seen.details;
  const uses = version && ` Okta uses ${version === 1 ? "the newest" : "an older"} hook secret.`;
  return `Okta reached the hook, and the app refused the expired code (${wordsOf(seen.details)}). No message was sent.${uses ?? ""}`;
}

function wordsOf({ outcome, reason }: OwnDetails): string {
  // Other text may come from another server, so it is not printed.
  const known = [outcome, reason].filter(
    (word) => typeof word === "string" && /^[a-z\d-]{1,40}$/.test(word),
  );
  return known.join(", ");
}
