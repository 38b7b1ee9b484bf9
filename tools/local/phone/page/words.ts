import { messageNames } from "../channels.ts";
import type { HookItem, MessageItem } from "../shown-items.ts";

export type Tone = "good" | "warn" | "bad" | "none";

interface OutcomeWords {
  readonly tone: Tone;
  readonly says: string;
}

const outcomes: Readonly<Record<string, OutcomeWords>> = {
  refused: { tone: "warn", says: "Refused" },
  unconfirmed: { tone: "warn", says: "8x8 gave no clear answer" },
  rejected: { tone: "bad", says: "Rejected by 8x8" },
  unavailable: { tone: "bad", says: "Unavailable" },
  malformed: { tone: "bad", says: "Malformed" },
};

const plain = (reason: string): string => reason.replaceAll("-", " ");

/** Returns how a request ended, and the tone to show it in. */
export function happened(hook: HookItem, message: MessageItem | undefined): OutcomeWords {
  const { outcome, reason, answer } = hook;
  if (outcome === "accepted") return sent(hook, message);
  // Usually Okta has an old secret, so the reason is the whole truth.
  if (outcome === "unauthenticated")
    return { tone: "bad", says: capitalized(plain(reason ?? outcome)) };
  const because = reason === undefined ? "" : `: ${plain(reason)}`;
  const known = outcomes[outcome ?? ""];
  if (known !== undefined) return { ...known, says: `${known.says}${because}` };
  return answer === undefined
    ? { tone: "none", says: "In progress" }
    : { tone: "bad", says: `Answered with HTTP ${answer.status}` };
}

function sent(hook: HookItem, message: MessageItem | undefined): OutcomeWords {
  const name = messageNames[hook.channel ?? "sms"];
  if (message !== undefined && isLost(message))
    return { tone: "bad", says: `${name} accepted by 8x8, but not delivered` };
  const used = message?.used === undefined ? "" : ", code used";
  const state = message?.receipt === undefined ? "accepted by 8x8" : receiptState(message);
  return { tone: "good", says: `${name} ${state}${used}` };
}

/** Returns what Okta does next. Undefined if Okta does nothing, or has no answer yet. */
export function oktaWords({ okta = "" }: HookItem): string | undefined {
  if (okta === "" || okta.startsWith("Accepted")) return undefined;
  if (okta.startsWith("Reported")) return "Okta sends nothing, so the person gets no code.";
  if (okta.startsWith("Pending")) return "Okta may send the code too.";
  return "If the org has Okta's own provider, it sends the code; otherwise the person gets none.";
}

/** Returns what Okta does next, or the receipt's state if the receipt says that nothing arrived. */
export function endWords(hook: HookItem, message: MessageItem | undefined): string | undefined {
  if (message === undefined || !isLost(message)) return oktaWords(hook);
  return `8x8 reports the ${messageNames[message.channel]} as ${receiptState(message)}. Okta does not know, and sends nothing itself.`;
}

/** Returns why enforce mode refuses the code, if the guard or policy only recorded a refusal. */
export function recordedWords({ reason, event }: HookItem): string | undefined {
  const recorded = event?.["guardReason"] ?? event?.["policyReason"];
  if (reason !== undefined || recorded === undefined) return undefined;
  return `Enforce mode refuses the code: ${plain(String(recorded))}.`;
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

/** Returns a name such as `German`, or the tag itself if the browser does not know the language. */
export function languageName(tag: string): string {
  try {
    return languageNames.of(tag.split("-", 1)[0] ?? tag) ?? tag;
  } catch {
    return tag;
  }
}

/** Returns whether the receipt reports that the message did not arrive. */
export const isLost = ({ receipt }: MessageItem): boolean =>
  receipt !== undefined &&
  (receipt.errorCode !== undefined || !/^(?:delivered|sent|queued|completed)/.test(receipt.state));

export function receiptState({ receipt }: MessageItem): string {
  const error = receipt?.errorCode === undefined ? "" : `, error ${receipt.errorCode}`;
  return `${receipt?.state.replaceAll("_", " ") ?? "in progress"}${error}`;
}

export const capitalized = (words: string): string =>
  words.charAt(0).toUpperCase() + words.slice(1);

export const providerNames = { "8x8": "8x8", "second-hook": "The second hook" } as const;

/**
 * Returns our sender, and the receipt's sender if it differs. Undefined if 8x8 chooses the sender.
 */
export function senderWords({ from, receipt }: MessageItem): string | undefined {
  const used = receipt?.from;
  if (from === undefined) return undefined;
  return used === undefined || withoutPlus(used) === withoutPlus(from)
    ? `from ${from}`
    : `from ${used}, not ${from}`;
}

const withoutPlus = (sender: string): string => sender.replace(/^\+/, "");

/** Returns what a screen reader announces for a new message. */
export const spokenNews = ({ channel, to, text }: MessageItem): string =>
  `${messageNames[channel]} to ${to}: ${text}`;

export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString()} ${count === 1 ? one : many}`;
