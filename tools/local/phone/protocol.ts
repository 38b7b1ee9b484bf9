import type { Channel } from "../../../src/rules/channels.ts";

// The protocol between the phone page and its server.
//
// GET /sandbox/stream sends server-sent events. After an event of the type `run`, the page deletes
// its items. This event begins the first stream, and follows a restart of the server and each
// POST to /sandbox/clear. Each further event is one item as JSON. Its id is the run and the item's
// seq. When an EventSource reconnects, it sends Last-Event-ID and gets every item that has changed
// since. The page replaces the item with the same kind and n.
//
// Writes are POST with content-type application/json, from the same origin. Answers are JSON.
// Errors are {"error": a sentence}.
//   /sandbox/hooks         SendHook → {n}           sends a hook as Okta would; the server adds the secret
//   /sandbox/hooks/replay  {n, body?} → {n}         sends a hook again. Without a body,
//                          sends the first body with a later expiry
//   /sandbox/sign-in       {message: n} → {status}  uses the message's code: sends Okta's event
//   /sandbox/fault         {of?, fault, times?, …}  of is 8x8 by default; fault "none" ends the fault
//   /sandbox/second-hook   {on} → {}                starts the app again, with or without the second hook
//   /sandbox/clear         {}                       deletes hooks and messages
//   /sandbox/receipt       {receipt, errorCode?, …} sets what 8x8's receipts report from now on
//   /sandbox/outcomes      {id} → {n}               switches on the outcome's fault for one request, and
//                          sends the outcome's request; n is of the last one
//   /sandbox/outcomes/request {id} → RequestedOutcome  the same, but the caller sends the request
// Reads:
//   /sandbox/messages?to=&after=&channel=        → {messages: MessageItem[]}, oldest first; after is an n or a time
//   /sandbox/messages/latest?to=&after=&channel=&wait=5 → MessageItem; 404 if none arrives within 5 seconds
//   /sandbox/traffic                             → {hooks, messages}
//   /sandbox/settings                            → SettingsAnswer
//   /sandbox/outcomes                            → OutcomesAnswer
//   /sandbox/app                                 → {host: AppHost | "none"}
//   /sandbox/commands                            → {commands: Explained[]}, for a second terminal
//   /sandbox/hooks/N/curl                        → text: the command, with $OKTA_HOOK_SECRET in place of the secret

export type Item = MessageItem | HookItem | FaultItem;

interface Base {
  /** Number of the item, counted from 1 for each kind. */
  readonly n: number;
  /** Number of the item's last change. It increases with each change of any item. */
  readonly seq: number;
  /** Time of creation, in ISO 8601. */
  readonly at: string;
}

/** A message that a phone got. */
export interface MessageItem extends Base {
  readonly kind: "message";
  readonly channel: Channel;
  readonly to: string;
  readonly text: string;
  readonly from?: string;
  /** A warning about the sender in that country, as a sentence. */
  readonly warning?: string;
  /** The provider that sent it, if the app has two. */
  readonly by?: "8x8" | "second-hook";
  /** Language of a call's voice, as a BCP 47 tag. */
  readonly language?: string;
  /** How many times a call reads its sentence. */
  readonly repetition?: number;
  readonly code?: string;
  /** n of the hook that caused the message. */
  readonly hook?: number;
  readonly receipt?: {
    readonly state: string;
    readonly at: string;
    readonly errorCode?: number;
    /** The sender that 8x8 used for an SMS. */
    readonly from?: string;
  };
  /** Time at which the code was used, as Okta's event reports it. */
  readonly used?: string;
}

/** A hook request. The server sends the item again whenever it knows more about the request. */
export interface HookItem extends Base {
  readonly kind: "hook";
  readonly from: "page" | "outside";
  /** The request as received. Its credentials are masked. */
  readonly request: { readonly headers: Readonly<Record<string, string>>; readonly body: string };
  readonly answer?: { readonly status: number; readonly body: string; readonly ms: number };
  /** Okta's conclusion from the answer, in a sentence. */
  readonly okta?: string;
  readonly outcome?: string;
  readonly reason?: string;
  readonly channel?: Channel;
  /** The phone number as Okta's body has it. */
  readonly number?: string;
  readonly locale?: string;
  readonly country?: string;
  /** All properties of the app's event otp-delivery, such as the time of each step. */
  readonly event?: Readonly<Record<string, string | number>>;
  /** Requests to the providers with their answers, including feedback on a used code. */
  readonly provider: readonly ProviderCall[];
  /** n of the message that the hook caused. */
  readonly message?: number;
}

export interface ProviderCall {
  readonly provider: "8x8" | "second-hook";
  readonly request: { readonly method: string; readonly path: string; readonly body: unknown };
  /** Absent until the provider answers, and if the connection was cut. */
  readonly answer?: { readonly status: number; readonly body: unknown };
}

export const faultKinds = ["8x8", "vault", "identity", "table", "ingestion"] as const;

/** A fault that can be switched. `n` is the position in `faultKinds`, from 1. */
export interface FaultItem extends Base {
  readonly kind: "fault";
  readonly of: (typeof faultKinds)[number];
  readonly known: readonly string[];
  readonly on?: { readonly fault: string; readonly timesLeft?: number };
  /** Reason why this fault cannot be switched, as a sentence. */
  readonly unavailable?: string;
}

export interface SendHook {
  readonly channel: Channel;
  readonly phoneNumber: string;
  readonly locale?: string;
  readonly code?: string;
  /** Seconds from now until the code expires. A negative value means an expired code. */
  readonly expiresInS?: number;
  readonly requestType?: string;
  /** Text, in which `${code}` is replaced by the code. If null, the request has no text. */
  readonly template?: string | null;
  /** Whether the request is sent with a wrong secret. */
  readonly wrongSecret?: boolean;
}

/** An outcome that the page offers as a button, and `npm run hook -- --outcome` by its id. */
export interface OfferedOutcome {
  readonly id: string;
  readonly name: string;
  readonly says: string;
  /** The outcome in the app's event, followed by its reason if it has one. */
  readonly outcome: string;
  /** Settings that the app lacks for this outcome, in shell syntax. Empty if it lacks none. */
  readonly missing: string;
}

export interface OutcomesAnswer {
  readonly groups: readonly {
    readonly title: string;
    readonly outcomes: readonly OfferedOutcome[];
  }[];
}

export interface RequestedOutcome {
  readonly body: string;
  readonly outcome: string;
  /** Whether the request needs a wrong secret. */
  readonly wrongSecret: boolean;
  /** Number of times that the request must be sent until it has the outcome. */
  readonly repeat: number;
}

export interface SettingsAnswer {
  readonly settings: readonly {
    readonly name: string;
    /** The set value, masked if it is a secret. Otherwise the default, which can be empty. */
    readonly value: string;
    readonly isSet: boolean;
    readonly sentence: string;
  }[];
  /** The answer of /api/health. */
  readonly health: object;
  readonly secondHook: boolean;
}

/** Only the local host reports requests from elsewhere to the page. */
export type AppHost = "local" | "func";

/** A command for a terminal, without a secret. */
export interface Explained {
  /** What the command does, in a sentence. */
  readonly title: string;
  readonly command: string;
}
