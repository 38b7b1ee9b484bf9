import { messageNames } from "../channels.ts";
import type { HookItem, MessageItem } from "../protocol.ts";

// The page's texts.

export type Tone = "good" | "warn" | "bad" | "none";

const tones: Readonly<Record<string, Tone>> = {
  accepted: "good",
  refused: "warn",
  unconfirmed: "warn",
  rejected: "bad",
  unavailable: "bad",
  malformed: "bad",
  unauthenticated: "bad",
};

export const toneOf = ({ outcome }: HookItem): Tone => tones[outcome ?? ""] ?? "none";

export function outcomeOf({ outcome, answer }: HookItem): string {
  if (outcome !== undefined) return outcome;
  return answer === undefined ? "on its way" : `HTTP ${answer.status}`;
}

const clock = new Intl.DateTimeFormat(undefined, {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
});
export const timeOf = (at: string): string => clock.format(new Date(at));

export function msOf(ms: number): string {
  if (ms >= 1_000) return `${(ms / 1_000).toFixed(2)} s`;
  return ms >= 10 ? `${Math.round(ms)} ms` : `${ms.toFixed(1)} ms`;
}

const languageNames = new Intl.DisplayNames(["en"], {
  type: "language",
  languageDisplay: "standard",
});

/** `German`, where the browser knows the language. */
export function languageName(tag: string): string {
  try {
    return languageNames.of(tag.split("-", 1)[0] ?? tag) ?? tag;
  } catch {
    return tag;
  }
}

export function receiptWords({ receipt }: MessageItem): string | undefined {
  if (receipt === undefined) return undefined;
  const words = receipt.state.replaceAll("_", " ");
  const error = receipt.errorCode === undefined ? "" : `, error ${receipt.errorCode}`;
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}${error}`;
}

/** Whom it comes from: as we asked, and as its receipt says where that is somebody else. */
export function senderWords({ from, receipt }: MessageItem): string {
  const used = receipt?.from;
  if (from === undefined) return "8x8 chooses the sender";
  return used === undefined || withoutPlus(used) === withoutPlus(from)
    ? `from ${from}`
    : `from ${used}, not ${from}`;
}

const withoutPlus = (sender: string): string => sender.replace(/^\+/, "");

/** What a screen reader says of a new message. */
export const spokenNews = ({ channel, to, text }: MessageItem): string =>
  `${messageNames[channel]} to ${to}: ${text}`;

export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString()} ${count === 1 ? one : many}`;
