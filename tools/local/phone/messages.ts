import type { Received } from "../../sandbox/8x8.ts";
import type { Items, Written } from "./items.ts";
import type { MessageItem } from "./shown-items.ts";

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
 * Selects messages by `to` (with or without plus) and `after` (an n or a time). Throws a RangeError
 * for an invalid value.
 */
export function selectMessages(items: Items, query: URLSearchParams): MessageItem[] {
  const to = query.get("to")?.replaceAll(/\D/g, "");
  if (to === "") throw new RangeError("to must be a phone number, such as +12025550123.");
  const isAfter = readAfter(query.get("after"));
  return items
    .all("message")
    .filter((message) => isAfter(message) && (to === undefined || message.to === `+${to}`))
    .sort((a, b) => a.n - b.n);
}

function readAfter(after: string | null): (message: MessageItem) => boolean {
  if (after === null) return () => true;
  if (/^\d{1,9}$/.test(after)) return ({ n }) => n > Number(after);
  // Date.parse alone would read hook-7 as a day in July.
  const time = /^\d{4}-\d\d-\d\dT/.test(after) ? Date.parse(after) : NaN;
  if (Number.isNaN(time))
    throw new RangeError(
      "after must be the n of a message, or a time such as 2026-01-01T00:00:00Z.",
    );
  return ({ at }) => Date.parse(at) >= time;
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
