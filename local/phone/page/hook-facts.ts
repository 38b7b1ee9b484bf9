import { messageNames } from "../channels.ts";
import type { HookItem } from "../protocol.ts";
import { msOf, outcomeOf } from "./words.ts";

/** What a list, a filter and a title want to know of a hook, read from Okta's body. */
export interface HookFacts {
  readonly number: string;
  readonly locale: string | undefined;
  readonly ms: string;
  /** What 8x8 answered, and what Okta makes of it: `8x8 503 · Okta error`. */
  readonly replies: string;
  /** All that a filter looks into, in small letters. */
  readonly searched: string;
}

const known = new WeakMap<HookItem, HookFacts>();

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
  const { reason, channel, country, okta, answer, event, provider } = hook;
  const words = [
    ...[outcomeOf(hook), reason, channel && messageNames[channel], channel, country, number, okta, hook.from],
    ...[number.replace(/[^\d+]/g, ""), textOf(profile["locale"]), answer?.status, event?.["guardReason"]],
    ...[event?.["recordedReason"], event?.["eventId"], ...provider.map((call) => call.answer?.status)],
  ];
  return {
    number,
    locale: textOf(profile["locale"]),
    replies: repliesOf(hook),
    ms: answer === undefined ? "" : msOf(answer.ms),
    searched: words
      .filter((word) => word !== undefined)
      .join(" ")
      .toLowerCase(),
  };
}

/** By the first word of Okta's conclusion. Where it is the outcome's own, it says nothing new. */
const concluded: Readonly<Record<string, string>> = {
  Reported: "successful",
  Failed: "failed",
  Error: "error",
  Not: "broken",
};

function repliesOf({ provider, okta = "" }: HookItem): string {
  const statuses = provider.flatMap((call) => call.answer?.status ?? []);
  const conclusion = concluded[okta.split(/\W/, 1)[0] ?? ""];
  const parts = [statuses.length > 0 && `8x8 ${statuses.join(", ")}`, conclusion && `Okta ${conclusion}`];
  return parts.filter(Boolean).join(" · ");
}

/** Each word has to be somewhere: in the hook, or in the text that a phone got. In small letters. */
export function isFound(hook: HookItem, text: string | undefined, words: readonly string[]): boolean {
  const { searched } = factsOf(hook);
  return words.every((word) => searched.includes(word) || text?.toLowerCase().includes(word));
}

function profileOf(body: string): Record<string, unknown> {
  try {
    const json = JSON.parse(body) as { data?: { messageProfile?: Record<string, unknown> } };
    return json.data?.messageProfile ?? {};
  } catch {
    return {};
  }
}

const textOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
