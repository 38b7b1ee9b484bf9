import type { HookItem, MessageItem } from "../protocol.ts";
import { happened, oktaWords, receiptState, recordedWords, type Tone } from "./words.ts";

/** What the row of a hook request shows, and the text that a filter searches. */
export interface HookFacts {
  /** The phone number. If there is none, the wrong path or `Request 7`. */
  readonly title: string;
  readonly tone: Tone;
  readonly says: string;
  /** What Okta does next, or the refusal that the app only recorded. */
  readonly then: string | undefined;
  /** The searched text in lower case: the row, the message, the outcome and the reason. */
  readonly searched: string;
}

const known = new WeakMap<HookItem, HookFacts & { readonly of: MessageItem | undefined }>();

export function factsOf(hook: HookItem, message: MessageItem | undefined): HookFacts {
  let facts = known.get(hook);
  if (facts?.of !== message || facts === undefined) {
    facts = { ...readFacts(hook, message), of: message };
    known.set(hook, facts);
  }
  return facts;
}

function readFacts(hook: HookItem, message: MessageItem | undefined): HookFacts {
  const { n, number, outcome, reason, channel, country } = hook;
  const { tone, says } = happened(hook, message);
  const then = oktaWords(hook) ?? recordedWords(hook);
  const wrongPath = outcome === undefined ? reason : undefined;
  const title = number ?? wrongPath ?? `Request ${n}`;
  const digits = number?.replace(/[^\d+]/g, "");
  const recorded = hook.event?.["guardReason"] ?? hook.event?.["policyReason"];
  const ofPhone = message && `${message.text} ${receiptState(message)}`;
  const all = [title, digits, says, then, outcome, reason, recorded, channel, country, ofPhone];
  const searched = all.filter(Boolean).join(" ").toLowerCase();
  return { title, tone, says, then, searched };
}

/**
 * Finds hook requests whose row or message contains every word. `country:US` searches only that
 * property of the app's event.
 */
export function createFilter(
  typed: string,
): (hook: HookItem, message: MessageItem | undefined) => boolean {
  const tests = typed.toLowerCase().split(/\s+/).filter(Boolean).map(testOf);
  return (hook, message) => {
    // Read the facts even without a filter, or the first typed word waits for thousands of
    // requests.
    const { searched } = factsOf(hook, message);
    return tests.every((isFound) => isFound(searched, hook, message));
  };
}

type Test = (searched: string, hook: HookItem, message: MessageItem | undefined) => boolean;

function testOf(word: string): Test {
  const [, name, value] = /^([a-z]\w*):(.+)$/.exec(word) ?? [];
  const isIn = searchFor(value ?? word);
  if (name === undefined) return isIn;
  return (_, { event = {}, answer }, message) => {
    const receipt = message && receiptState(message);
    const properties = { ...event, status: answer?.status, receipt };
    return Object.entries(properties).some(
      ([key, text]) => key.toLowerCase() === name && isIn(String(text).toLowerCase()),
    );
  };
}

/** A word of 2 or 3 characters matches whole words only: `us` is not found in `status`. */
function searchFor(word: string): (text: string) => boolean {
  if (!/^[\p{L}\d]{2,3}$/u.test(word)) return (text) => text.includes(word);
  const whole = new RegExp(`(?<![\\p{L}\\d])${word}(?![\\p{L}\\d])`, "u");
  return (text) => whole.test(text);
}
