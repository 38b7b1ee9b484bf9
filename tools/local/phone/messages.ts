import type { Received } from "../../sandbox/8x8.ts";
import { channelNames } from "../../../src/rules/channels.ts";
import type { Items, Written } from "./items.ts";
import type { MessageItem } from "./protocol.ts";

/** @param asked The code in the message's hook request, if the code is known. */
export function messageOf(
  message: Received,
  asked: string | undefined,
  warning: string | undefined,
): Omit<Written<"message">, "n"> {
  const { channel, destination, text, source, at, voiceProfile, repetition } = message;
  const code = codeIn(text, asked);
  return {
    at: at.toISOString(),
    channel,
    to: destination,
    text,
    ...(source !== undefined && { from: source }),
    ...(warning !== undefined && { warning }),
    ...(code !== undefined && { code }),
    // A voice profile is, for example, en-GB-Emma.
    ...(voiceProfile !== undefined && { language: voiceProfile.split("-", 2).join("-") }),
    ...(repetition !== undefined && { repetition }),
  };
}

/** A call's text has separated digits: 1, 2, 3. */
function codeIn(text: string, asked: string | undefined): string | undefined {
  const candidates = [...text.matchAll(/\d(?:[ ,.]{0,2}\d){3,9}/g)].map(([digits]) =>
    digits.replaceAll(/\D/g, ""),
  );
  return asked === undefined
    ? candidates[0]
    : candidates.find((digits) => digits.includes(asked)) && asked;
}

/**
 * Selects messages by `to` (with or without plus), `after` (an n or a time) and `channel`. Throws a
 * RangeError for an invalid value.
 */
export function selectMessages(items: Items, query: URLSearchParams): MessageItem[] {
  const to = query.get("to")?.replaceAll(/\D/g, "");
  const asked = query.get("channel");
  const channel = channelNames.find((name) => name === asked);
  if (to === "") throw new RangeError("to must be a phone number, such as +12025550123.");
  if (asked !== null && channel === undefined)
    throw new RangeError(`channel must be ${channelNames.join(" or ")}.`);
  const isAfter = readAfter(query.get("after"));
  return items
    .all("message")
    .filter(
      (message) =>
        isAfter(message) &&
        (to === undefined || message.to === `+${to}`) &&
        (channel === undefined || message.channel === channel),
    )
    .sort((a, b) => a.n - b.n);
}

function readAfter(after: string | null): (message: MessageItem) => boolean {
  if (after === null) return () => true;
  if (/^\d{1,9}$/.test(after)) return ({ n }) => n > Number(after);
  const time = /^\d{13}$/.test(after) ? Number(after) : parseTime(after);
  if (Number.isNaN(time))
    throw new RangeError(
      "after must be the n of a message, a time such as 2026-01-01T00:00:00Z, or ms since 1970.",
    );
  return ({ at }) => Date.parse(at) >= time;
}

/**
 * Accepts only ISO 8601, because Date.parse reads hook-7 as a day in July. A plus that was not
 * URL-encoded arrives as a space.
 */
function parseTime(text: string): number {
  return /^\d{4}-\d\d-\d\d(?:T|$)/.test(text) ? Date.parse(text.replace(" ", "+")) : NaN;
}

const waitLimitS = 60;

/** Returns the newest matching message, now or within `wait` seconds, or undefined. */
export async function latestMessage(
  items: Items,
  query: URLSearchParams,
  gone: AbortSignal,
): Promise<MessageItem | undefined> {
  const wait = Number(query.get("wait") ?? 0);
  if (!(wait >= 0 && wait <= waitLimitS))
    throw new RangeError(`wait must be 0 to ${waitLimitS} seconds.`);
  const find = () => selectMessages(items, query).at(-1);
  return (
    find() ??
    (await new Promise((resolve) => {
      const end = (message?: MessageItem): void => {
        stopListening();
        clearTimeout(timer);
        resolve(message);
      };
      const stopListening = items.onChange(() => {
        const message = find();
        if (message !== undefined) end(message);
      });
      const timer = setTimeout(end, wait * 1_000);
      gone.addEventListener("abort", () => {
        end();
      });
    }))
  );
}
