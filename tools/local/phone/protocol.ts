import type { Channel } from "../../../src/delivery/channels.ts";

// What the phone page and its server say to each other.
//
// GET /sandbox/stream: server-sent events. One of the type `run` comes first, after a new start of
// the server, and after a clearing: the page forgets what it has. Then one event for each item, its
// id that of the run and the item's seq, its data the item as JSON. A reconnecting EventSource
// sends Last-Event-ID, and gets every item that changed since: nothing is lost. The page replaces
// what has the same kind and n.
//
// Writes are POST with content-type application/json, from the same origin. Answers are JSON,
// errors {"error": a sentence}.
//   /sandbox/hooks         SendHook → {n}           a hook as Okta would send it; the server adds the secret
//   /sandbox/hooks/replay  {n, body?} → {n}         sends a hook again: with another body where given, or with the
//                          same one, whose code expires as much later
//   /sandbox/sign-in       {message: n} → {status}  somebody uses the code: Okta's event
//   /sandbox/fault         {of?, fault, times?, …}  of is 8x8 where absent; fault "none" ends it
//   /sandbox/clear         {}                       forgets hooks and messages
//   /sandbox/receipt       {receipt, errorCode?, …} what 8x8's receipts say from now on
//   /sandbox/sms-pumping   {count, range, people?, requestType?, channel?} → {sent}  codes to as many numbers of one
//                          range, by default enrollments; meanwhile so many people elsewhere get and use theirs
// Reads:
//   /sandbox/messages?to=&after=&channel=        → {messages: MessageItem[]}, oldest first; after is an n or a time
//   /sandbox/messages/latest?to=&after=&channel=&wait=5 → MessageItem; 404 where none came within so many seconds
//   /sandbox/traffic                             → {hooks, messages}
//   /sandbox/settings                            → SettingsAnswer
//   /sandbox/commands                            → {commands: Explained[]}, for a second terminal
//   /sandbox/hooks/N/curl                        → text: the command, with $OKTA_HOOK_SECRET in place of the secret

export type Item = MessageItem | HookItem | FaultItem;

interface Base {
  /** Counts from 1 for each kind. */
  readonly n: number;
  /** Grows with each change of any item. */
  readonly seq: number;
  /** When it came to be, in ISO 8601. */
  readonly at: string;
}

/** What a phone got. */
export interface MessageItem extends Base {
  readonly kind: "message";
  readonly channel: Channel;
  readonly to: string;
  readonly text: string;
  readonly from?: string;
  /** Why that sender is doubtful there, in a sentence. */
  readonly doubt?: string;
  /** BCP 47, of a call's voice. */
  readonly language?: string;
  /** How often a call says its sentence. */
  readonly repetition?: number;
  /** The code that is in the text. */
  readonly code?: string;
  /** n of its hook. */
  readonly hook?: number;
  readonly receipt?: {
    readonly state: string;
    readonly at: string;
    readonly errorCode?: number;
    /** Who an SMS came from in the end. */
    readonly from?: string;
  };
  /** When the code was used, by Okta's event. */
  readonly used?: string;
}

/** One hook on its way: written again as more is known. */
export interface HookItem extends Base {
  readonly kind: "hook";
  readonly from: "page" | "outside";
  /** As it came; what authenticates it is masked. */
  readonly request: { readonly headers: Readonly<Record<string, string>>; readonly body: string };
  readonly answer?: { readonly status: number; readonly body: string; readonly ms: number };
  /** What Okta would conclude, in a sentence. */
  readonly okta?: string;
  readonly outcome?: string;
  readonly reason?: string;
  readonly channel?: Channel;
  /** As it is written in Okta's body, as is the locale. */
  readonly number?: string;
  readonly locale?: string;
  readonly country?: string;
  /** All properties of the app's own event, otp-delivery: the time of each step and more. */
  readonly event?: Readonly<Record<string, string | number>>;
  /** What 8x8 was asked and answered, feedback on a used code included. */
  readonly provider: readonly ProviderCall[];
  /** n of the message that a phone got. */
  readonly message?: number;
}

export interface ProviderCall {
  readonly request: { readonly method: string; readonly path: string; readonly body: unknown };
  /** Absent while there is none, and where the connection was cut. */
  readonly answer?: { readonly status: number; readonly body: unknown };
}

export const faultKinds = ["8x8", "vault", "identity", "table", "ingestion"] as const;

/** n is the place in `faultKinds`, from 1. */
export interface FaultItem extends Base {
  readonly kind: "fault";
  readonly of: (typeof faultKinds)[number];
  readonly known: readonly string[];
  readonly on?: { readonly fault: string; readonly timesLeft?: number };
  /** Why it cannot be switched here, in a sentence. */
  readonly unavailable?: string;
}

export interface SendHook {
  readonly channel: Channel;
  readonly phoneNumber: string;
  readonly locale?: string;
  readonly code?: string;
  /** In seconds from now; below 0 it has expired. */
  readonly expiresInS?: number;
  readonly requestType?: string;
  /** ${code} in it stands for the code; null: no text of Okta's. */
  readonly template?: string | null;
  /** Sent with a secret that is not Okta's. */
  readonly wrongSecret?: boolean;
}

export interface SettingsAnswer {
  readonly settings: readonly {
    readonly name: string;
    /**
     * What the app goes by: as it is set, or the default. Masked where it is secret; empty where
     * there is neither.
     */
    readonly value: string;
    readonly isSet: boolean;
    readonly sentence: string;
  }[];
  /** What /api/health says. */
  readonly health: object;
}

/** A command for a terminal, without a secret. */
export interface Explained {
  /** What it does, in a sentence. */
  readonly title: string;
  readonly command: string;
}
