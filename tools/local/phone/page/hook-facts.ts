import { messageNames } from "../channels.ts";
import type { HookItem, MessageItem } from "../shown-items.ts";
import { happened, receiptState, recordedWords, type Tone } from "./words.ts";

/** A hook request, what its row shows, and the text that a filter searches. */
export interface HookFacts {
  readonly hook: HookItem;
  readonly message: MessageItem | undefined;
  /** The phone number. If there is none, the wrong path or `Request 7`. */
  readonly title: string;
  readonly tone: Tone;
  readonly says: string;
  /** SMS or Call. */
  readonly channel: string | undefined;
  /** `says` for the list: after a failure, with the HTTP status that Okta got. */
  readonly row: string;
  /** The refusal that the app only recorded. */
  readonly recorded: string | undefined;
  /** The searched text in lower case: the row, the message, the outcome and the reason. */
  readonly searched: string;
}

export function factsOf(hook: HookItem, message: MessageItem | undefined): HookFacts {
  const { n, number, outcome, reason, channel, country, answer } = hook;
  const { tone, says } = happened(hook, message);
  const recorded = recordedWords(hook);
  const wrongPath = outcome === undefined ? reason : undefined;
  const title = number ?? wrongPath ?? `Request ${n}`;
  const isSent = outcome === undefined || outcome === "accepted";
  const row = [isSent ? undefined : answer?.status, says, recorded && "would be refused"]
    .filter(Boolean)
    .join(" · ");
  const digits = number?.replace(/[^\d+]/g, "");
  const guardReason = hook.event?.["guardReason"] ?? hook.event?.["policyReason"];
  const ofPhone = message && `${message.text} ${receiptState(message)}`;
  const all = [title, digits, row, recorded, outcome, reason, guardReason, channel, country];
  const searched = [...all, ofPhone].filter(Boolean).join(" ").toLowerCase();
  return {
    hook,
    message,
    title,
    channel: channel && messageNames[channel],
    tone,
    says,
    row,
    recorded,
    searched,
  };
}

/**
 * Finds hook requests whose row or message contains every word. `country:US` searches only that
 * property of the app's event.
 */
export function createFilter(typed: string): (facts: HookFacts) => boolean {
  const tests = typed.toLowerCase().split(/\s+/).filter(Boolean).map(testOf);
  return (facts) => tests.every((isFound) => isFound(facts));
}

function testOf(word: string): (facts: HookFacts) => boolean {
  const [, name, value] = /^([a-z]\w*):(.+)$/.exec(word) ?? [];
  const isIn = searchFor(value ?? word);
  if (name === undefined) return ({ searched }) => isIn(searched);
  return ({ hook: { event = {}, answer }, message }) => {
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
