import { messageNames } from "../channels.ts";
import type { HookItem, MessageItem } from "../protocol.ts";
import { capitalized, plain, providerNames } from "./words.ts";

/** A request in words, for the list and for the details. */
export interface Facts {
  readonly hook: HookItem;
  readonly message: MessageItem | undefined;
  /** The phone number. If there is none, `Request 7`. */
  readonly title: string;
  readonly tone: "good" | "warn" | "bad" | "none";
  readonly says: string;
  /** Text for the list, which begins with the HTTP status if the app did not accept the code. */
  readonly row: string;
  /** The app's outcome and its reason. */
  readonly outcome: string;
  /** What happened at the provider that did not decide the outcome. */
  readonly other: string | undefined;
  /** In record mode, the reason for which enforce mode would refuse the code. */
  readonly recorded: string | undefined;
  /** What Okta does next, if Okta's reaction is known and unusual. */
  readonly end: string | undefined;
  /** Lower-case text that the filter searches for words such as `refused`. */
  readonly searched: string;
  /** Lower-case text that the filter searches for words such as `country:us`. */
  readonly properties: string;
}

export function factsOf(hook: HookItem, newest: MessageItem | undefined): Facts {
  const { n, read, answer, event = {} } = hook;
  // Both providers may have sent the code. Describe the message of the provider that accepted it.
  const isOther = newest?.by !== undefined && newest.by !== (event["provider"] ?? newest.by);
  const message = isOther ? undefined : newest;
  const { outcome, reason, guardReason, policyReason } = event;
  const { tone, says } = happened(hook, message);
  const title = read.phoneNumber ?? `Request ${n}`;
  const wouldRefuse = reason === undefined ? (guardReason ?? policyReason) : undefined;
  const isSent = outcome === undefined || outcome === "accepted";
  const other = otherProvider(event);
  const row = [
    isSent ? undefined : answer?.status,
    says,
    other?.row,
    wouldRefuse && "would be refused",
  ]
    .filter(Boolean)
    .join(" · ");
  const properties = Object.entries({ ...event, status: answer?.status ?? "" });
  const all = [
    title,
    read.phoneNumber?.replace(/[^\d+]/g, ""),
    row,
    ...properties.map(([, value]) => value),
    message && `${message.text} ${receiptState(message)}`,
  ];
  return {
    hook,
    message,
    title,
    tone,
    says,
    row,
    outcome: [outcome, reason].filter(Boolean).join(" "),
    other: other && capitalized(other.sentence),
    recorded: wouldRefuse
      ? `Enforce mode would refuse the code: ${plain(String(wouldRefuse))}.`
      : undefined,
    end: endWords(hook, message),
    searched: all.filter(Boolean).join(" ").toLowerCase(),
    properties: properties
      .map((pair) => pair.join(":"))
      .join(" ")
      .toLowerCase(),
  };
}

type Event = NonNullable<HookItem["event"]>;

const providerOf = ({ provider }: Event): string =>
  providerNames[provider === "second-hook" ? provider : "8x8"];

function otherProvider({ provider, otherReason, passedOver }: Event) {
  if (otherReason === undefined) return undefined;
  const reason = plain(String(otherReason));
  const other = passedOver ?? (provider === "second-hook" ? "8x8" : "second-hook");
  const name = providerOf({ provider: other });
  return passedOver === undefined
    ? { row: `${name}: ${reason}`, sentence: `${name} did not accept the code: ${reason}.` }
    : {
        row: `${name} passed over: ${reason}`,
        sentence: `${name} was passed over, because it has an outage: ${reason}.`,
      };
}

const outcomes: Readonly<Record<string, (by: string) => Pick<Facts, "tone" | "says">>> = {
  refused: () => ({ tone: "warn", says: "Refused" }),
  unconfirmed: (by) => ({ tone: "warn", says: `${capitalized(by)} gave no clear answer` }),
  rejected: (by) => ({ tone: "bad", says: `Rejected by ${by}` }),
  unavailable: () => ({ tone: "bad", says: "Unavailable" }),
  malformed: () => ({ tone: "bad", says: "Malformed" }),
};

function happened(
  { answer, okta, event = {}, read }: HookItem,
  message: MessageItem | undefined,
): Pick<Facts, "tone" | "says"> {
  const { outcome = "" } = event;
  const by = providerOf(event);
  const reason = plain(String(event["reason"] ?? ""));
  // Show the reason without the outcome, because a reason such as `Wrong secret` says enough.
  if (outcome === "unauthenticated") return { tone: "bad", says: capitalized(reason) };
  const known = outcomes[outcome]?.(by);
  if (known !== undefined)
    return { ...known, says: reason === "" ? known.says : `${known.says}: ${reason}` };
  if (outcome === "accepted") {
    const name = messageNames[read.channel ?? "sms"];
    const where = message?.onlyInMemory ? " (known only in memory, not in the table)" : "";
    const used = message?.used === undefined ? "" : `, code used${where}`;
    const state = message?.receipt === undefined ? `accepted by ${by}` : receiptState(message);
    const isBad = message !== undefined && isLost(message);
    return { tone: isBad ? "bad" : "good", says: `${name} ${state}${used}` };
  }
  if (answer === undefined)
    return okta === "none"
      ? { tone: "bad", says: "Okta got no answer" }
      : { tone: "none", says: "In progress" };
  // The real Functions host reports no event, so the page knows only the HTTP status.
  return {
    tone: okta === "successful" ? "good" : "bad",
    says: `Answered with HTTP ${answer.status}`,
  };
}

function endWords(hook: HookItem, message: MessageItem | undefined): string | undefined {
  const { okta, event, answer, mayBeSent } = hook;
  if (message !== undefined && isLost(message))
    return `8x8 reports the ${messageNames[message.channel]} as ${receiptState(message)}. Okta does not know this, and sends nothing itself.`;
  if (okta === undefined) return undefined;
  if (okta === "pending") return "Okta may send the code too.";
  if (okta === "successful")
    return event?.["outcome"] === "refused"
      ? "Okta sends nothing, so the person gets no code."
      : undefined;
  const sends = "If the org has Okta's own provider, Okta sends the code.";
  // Without the app's event, only a status of 4xx shows that the app sent nothing.
  if (mayBeSent ?? !/^4/.test(String(answer?.status)))
    return `${sends} The app's provider may have sent it too.`;
  return `${sends} Otherwise the person gets no code.`;
}

export const isLost = ({ receipt }: MessageItem): boolean =>
  receipt !== undefined &&
  (receipt.errorCode !== undefined || !/^(?:delivered|sent|queued|completed)/.test(receipt.state));

export function receiptState({ receipt }: MessageItem): string {
  const error = receipt?.errorCode === undefined ? "" : `, error ${receipt.errorCode}`;
  return `${receipt?.state.replaceAll("_", " ") ?? "in progress"}${error}`;
}

/** Every word must be in the text, event or message. `country:US` looks for a property. */
export function createFilter(typed: string): (facts: Facts) => boolean {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const tests = words.map((word) => [word.includes(":"), searchFor(word)] as const);
  return ({ searched, properties }) =>
    tests.every(([isNamed, isFound]) => isFound(isNamed ? properties : searched));
}

/** A word of 2 or 3 characters matches whole words only: `us` is not found in `status`. */
function searchFor(word: string): (text: string) => boolean {
  if (!/^[\p{L}\d]{2,3}$/u.test(word)) return (text) => text.includes(word);
  const whole = new RegExp(`(?<![\\p{L}\\d])${word}(?![\\p{L}\\d])`, "u");
  return (text) => whole.test(text);
}
