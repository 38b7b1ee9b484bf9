import * as z from "zod";
import { channelNames, type Channel } from "../../../src/rules/channels.ts";

// The protocol between the phone page and its server.
//
// GET /sandbox/stream sends server-sent events, each of which is a Change as JSON. The first event
// has everything. An item in a later event replaces the page's item with the same n.
//
// Writes are POST with content-type application/json, from the same origin. Answers are JSON.
// Errors are {"error": a sentence}.
//   /sandbox/hooks         SendHook → {n}           sends a request as Okta would; the server adds the secret
//   /sandbox/hooks/replay  {n, body?} → {n}         sends a request again. Without a body,
//                          sends the first body with a later expiry
//   /sandbox/sign-in       {message: n} → {status}  uses the message's code: sends Okta's event
//   /sandbox/fault         {of?, fault, times?, …}  of is 8x8 by default; fault "none" ends the fault
//   /sandbox/second-hook   {on} → {}                starts the app again, with or without the second hook
//   /sandbox/settings      {NAME: value, …} → {}    starts the app again with these settings
//   /sandbox/fallback      {n} → {}                 sends Okta's event that its own provider sent the code
//   /sandbox/clear         {} → {}                  deletes requests and messages
//   /sandbox/receipt       {receipt, errorCode?, …} sets what 8x8's receipts report from now on
//   /sandbox/outcomes      {id} → {n}               switches on the outcome's fault for one request, and
//                          sends the outcome's request; n is of the last one
//   /sandbox/outcomes/request {id} → RequestedOutcome  the same, but the caller sends the request
// Reads:
//   /sandbox/app                                 → AppAnswer
//   /sandbox/messages/latest?to=&after=&wait=5   → MessageItem with a larger n than `after`; 404 if
//                                                  none arrives within 5 seconds

/** Numbers, codes and locales may be invalid, because the page shows how the app refuses them. */
export const sendHook = z.strictObject({
  channel: z.enum(channelNames),
  phoneNumber: z
    .string("Write a phone number, such as +12025550123.")
    .max(100, "The phone number has more than 100 characters."),
  locale: z.string().max(100).optional(),
  code: z.string().max(100).optional(),
  /** Seconds from now until the code expires. A negative value means an expired code. */
  expiresInS: z.number().min(-1e6).max(1e6).optional(),
  requestType: z.string().max(200).optional(),
  /** The code replaces `${code}`. If the template is null, the request has no text. */
  template: z.string().max(5_000).nullable().optional(),
  wrongSecret: z.boolean().optional(),
});
export type SendHook = z.infer<typeof sendHook>;

export interface Change {
  /** True if the change has all items, so the page must delete older items. */
  readonly all?: true;
  readonly hooks?: readonly HookItem[];
  readonly messages?: readonly MessageItem[];
  /** All faults that the page can switch on. */
  readonly faults?: readonly FaultItem[];
  /** True if the page must read /sandbox/app again. */
  readonly app?: true;
}

export interface HookItem {
  /** Number of the request, counted from 1. */
  readonly n: number;
  /** Time of arrival, in ISO 8601. */
  readonly at: string;
  /** The request as received. Its credentials are masked. */
  readonly request: { readonly headers: Readonly<Record<string, string>>; readonly body: string };
  readonly read: ReadHook;
  readonly answer?: { readonly status: number; readonly body: string; readonly ms: number };
  /** What Okta makes of the answer. `none`: Okta got no answer in time. */
  readonly okta?: "successful" | "pending" | "failed" | "error" | "broken" | "none";
  /** All properties of the app's event otp-delivery, such as the time of each step. */
  readonly event?: Readonly<Record<string, string | number>>;
  /** Whether a provider may have sent the code. Known if the host reports the app's event. */
  readonly mayBeSent?: boolean;
  /** Requests to the providers with their answers, including feedback on a used code. */
  readonly provider: readonly ProviderCall[];
  /** `n` of the message that the request caused. */
  readonly message?: number;
}

/** Fields of a request's body. A missing or malformed field is undefined. */
export interface ReadHook {
  readonly eventId?: string | undefined;
  readonly channel?: Channel | undefined;
  readonly code?: string | undefined;
  readonly phoneNumber?: string | undefined;
  readonly locale?: string | undefined;
  readonly oktaUserId?: string | undefined;
  readonly requestType?: string | undefined;
}

export type Provider = "8x8" | "second-hook";

export interface ProviderCall {
  readonly provider: Provider;
  readonly request: { readonly method: string; readonly path: string; readonly body: unknown };
  /** Undefined if the provider has not answered yet, or if the connection was cut. */
  readonly answer?: { readonly status: number; readonly body: unknown };
}

export interface MessageItem {
  readonly n: number;
  readonly at: string;
  readonly channel: Channel;
  readonly to: string;
  readonly text: string;
  readonly from?: string | undefined;
  /** The provider that sent the message, if the app has two providers. */
  readonly by?: Provider | undefined;
  /** Language of a call's voice, as a BCP 47 tag. */
  readonly language?: string | undefined;
  readonly code?: string | undefined;
  /** `n` of the request that caused the message. */
  readonly hook?: number | undefined;
  readonly receipt?: { readonly state: string; readonly errorCode?: number };
  /** Time at which the code was used, as Okta's event reports it. */
  readonly used?: string;
  /** Whether the used code was only in the app's memory, because its row is not written yet. */
  readonly onlyInMemory?: boolean;
}

export interface FaultItem {
  readonly of: "8x8" | "second-hook" | "vault" | "identity" | "tables" | "ingestion";
  /** Name and words of each fault. The words continue a sentence about the service. */
  readonly known: Readonly<Record<string, string>>;
  readonly on?: string | undefined;
}

export interface AppAnswer {
  /** Only the host `local` reports requests from outside the page. */
  readonly host: "local" | "func" | "none";
  readonly outcomes: readonly { readonly title: string; readonly offered: readonly Offered[] }[];
  readonly commands: readonly Explained[];
  /** The settings that are set. Secrets are masked. */
  readonly settings: readonly { readonly name: string; readonly value: string }[];
  readonly secondHook: boolean;
  /** Settings that the page can change. */
  readonly tryable: readonly Tryable[];
  /** Lines for local.settings.json, with the settings that were set on the page. */
  readonly lines: string;
  /** Warnings and errors of the app since its start. */
  readonly warnings: readonly string[];
  /** What 8x8's receipts can report. */
  readonly fates: readonly string[];
}

export interface Tryable {
  readonly name: string;
  readonly value: string;
  readonly byDefault: string;
  /** The allowed values, if there is a fixed list of them. */
  readonly choices?: readonly string[] | undefined;
}

/** An outcome with a button. The command `hook --outcome` accepts the outcome's id. */
export interface Offered {
  readonly id: string;
  readonly name: string;
  readonly says: string;
  /** The outcome in the app's event, followed by its reason if it has one. */
  readonly outcome: string;
}

export interface RequestedOutcome {
  readonly body: string;
  readonly outcome: string;
  readonly wrongSecret: boolean;
  /** How often the request must be sent. Only the last request has the outcome. */
  readonly repeat: number;
}

/** A command for a terminal, without a secret. */
export interface Explained {
  readonly title: string;
  readonly command: string;
}
