import type { Channel } from "../../../src/rules/channels.ts";

// The items that the server streams to the page: protocol.ts.

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
