import { messageNames } from "../channels.ts";
import type { HookItem, MessageItem } from "../protocol.ts";
import { msOf, outcomeOf, receiptWords } from "./words.ts";

/** What a list, a filter and a title want to know of a hook, read from Okta's body. */
export interface HookFacts {
  readonly number: string;
  readonly locale: string | undefined;
  readonly ms: string;
  /** Why it would have been refused, had the guard or the policy not only recorded. */
  readonly recorded: string | undefined;
  /** The second line of a row: channel, country, number, and what 8x8 and Okta made of it. */
  readonly line: string;
}

const known = new WeakMap<HookItem, HookFacts>();

/** Undefined where it was refused, or would not be. */
export function recordedSentence(hook: HookItem): string | undefined {
  const { recorded } = factsOf(hook);
  return recorded && `In enforce mode the app would refuse this as ${recorded}.`;
}

export function factsOf(hook: HookItem): HookFacts {
  let facts = known.get(hook);
  if (facts === undefined) {
    facts = readFacts(hook);
    known.set(hook, facts);
  }
  return facts;
}

function readFacts(hook: HookItem): HookFacts {
  const profile = profileOf(hook.request.body);
  const number = textOf(profile["phoneNumber"]) ?? "";
  const { reason, channel, country, answer, event } = hook;
  const recorded = event?.["guardReason"] ?? event?.["policyReason"];
  return {
    number,
    locale: textOf(profile["locale"]),
    ms: answer === undefined ? "" : msOf(answer.ms),
    recorded: reason === undefined && recorded !== undefined ? String(recorded) : undefined,
    line: [channel && messageNames[channel], country, number, repliesOf(hook)]
      .filter(Boolean)
      .join(" · "),
  };
}

/** By the first word of Okta's conclusion. Where it is the outcome's own, it says nothing new. */
const concluded: Readonly<Record<string, string>> = {
  Reported: "nobody sends",
  Failed: "Okta failed",
  Error: "Okta error",
  Not: "Okta broken",
};

function repliesOf({ provider, okta = "" }: HookItem): string {
  const statuses = provider.flatMap((call) => call.answer?.status ?? []);
  const conclusion = concluded[okta.split(/\W/, 1)[0] ?? ""];
  return [statuses.length > 0 && `8x8 ${statuses.join(", ")}`, conclusion]
    .filter(Boolean)
    .join(" · ");
}

/**
 * Finds the hooks that have each word somewhere in what their row, or the phone, shows.
 * `country:US` looks at that property of the app's event alone.
 */
export function createFilter(
  typed: string,
): (hook: HookItem, message: MessageItem | undefined) => boolean {
  const tests = typed.toLowerCase().split(/\s+/).filter(Boolean).map(testOf);
  return (hook, message) => tests.every((isFound) => isFound(hook, message));
}

function testOf(word: string): ReturnType<typeof createFilter> {
  const [, name, value] = /^([a-z]\w*):(.+)$/.exec(word) ?? [];
  if (name === undefined || value === undefined) {
    const isIn = searchFor(word);
    return (hook, message) =>
      isIn(shownOf(hook)) || (message !== undefined && isIn(messageText(message)));
  }
  const isIn = searchFor(value);
  return ({ event = {}, answer }, message) => {
    const properties = {
      ...event,
      status: answer?.status,
      receipt: message && receiptWords(message),
    };
    return Object.entries(properties).some(
      ([key, text]) => key.toLowerCase() === name && isIn(String(text)),
    );
  };
}

/** A short word has to be whole: `us` is no part of `status`, and `503` of no number. */
function searchFor(word: string): (text: string) => boolean {
  const isWhole = /^[\p{L}\d]{2,3}$/u.test(word);
  return (text) => {
    const small = text.toLowerCase();
    return isWhole ? small.split(/[^\p{L}\d]+/u).includes(word) : small.includes(word);
  };
}

const shownOf = (hook: HookItem): string => {
  const { recorded, line, number } = factsOf(hook);
  return [
    outcomeOf(hook),
    hook.reason,
    recorded && `would refuse: ${recorded}`,
    line,
    number.replace(/[^\d+]/g, ""),
  ].join(" ");
};

const messageText = (message: MessageItem): string =>
  [message.text, receiptWords(message), message.used && "Used"].join(" ");

function profileOf(body: string): Record<string, unknown> {
  try {
    const json = JSON.parse(body) as { data?: { messageProfile?: Record<string, unknown> } };
    return json.data?.messageProfile ?? {};
  } catch {
    return {};
  }
}

const textOf = (value: unknown): string | undefined =>
  typeof value === "string" ? value : undefined;
