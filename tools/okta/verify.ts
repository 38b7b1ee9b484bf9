import { OktaError, wordsOf as errorWords } from "./okta-error.ts";
import { expiredCode, isProof, readDetails, type OwnDetails } from "./expired-code.ts";
import type { Org } from "./org.ts";
import type { Channel } from "../../src/rules/channels.ts";

export type Verified =
  | { readonly proved: true; readonly details: OwnDetails }
  /** `words` name the cause without quoting Okta's or the hook's answer. */
  | { readonly proved: false; readonly words: string };

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
    if (error instanceof OktaError) return { proved: false, words: error.message };
    throw error;
  }
  const details = readDetails(body);
  if (details !== undefined && isProof(details)) return { proved: true, details };
  const said =
    details === undefined ? "the answer is not this app's" : `the app says ${wordsOf(details)}`;
  return { proved: false, words: `Okta reached the URL, but ${said}.` };
}

/** Tries a second time, because an app that is starting can answer too late. */
export async function whyBroken(
  org: Pick<Org, "execute">,
  hookId: string,
): Promise<string | undefined> {
  let words: string | undefined;
  for (let attempt = 1; attempt <= 2; attempt += 1)
    try {
      await confirmHook(org, hookId);
      return undefined;
    } catch (error) {
      words = errorWords(error);
    }
  return words;
}

/** Returns a sentence for the operator, or throws if the hook does not work. */
export async function confirmHook(org: Pick<Org, "execute">, hookId: string): Promise<string> {
  const seen = await verify(org, hookId);
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
