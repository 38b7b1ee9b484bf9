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
//   /sandbox/messages?to=&after=        → {messages: MessageItem[]}, oldest first; after is an n or a time
//   /sandbox/messages/latest?to=&after=&wait=5 → MessageItem; 404 if none arrives within 5 seconds
//   /sandbox/traffic                             → {hooks, messages}
//   /sandbox/settings                            → SettingsAnswer
//   /sandbox/outcomes                            → OutcomesAnswer
//   /sandbox/app                                 → {host: AppHost | "none"}
//   /sandbox/commands                            → {commands: Explained[]}, for a second terminal
//   /sandbox/hooks/N/curl                        → text: the command, with $OKTA_HOOK_SECRET in place of the secret

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

/** Only `local` reports requests to the page that the page did not send. */
export type AppHost = "local" | "func";

/** A command for a terminal, without a secret. */
export interface Explained {
  /** What the command does, in a sentence. */
  readonly title: string;
  readonly command: string;
}
