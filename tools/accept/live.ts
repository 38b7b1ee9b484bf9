import type { Sent } from "../hook/send.ts";
import type { Org } from "../okta/org.ts";
import type { WantedState } from "../okta/wanted-state.ts";
import type { Channel } from "../../src/rules/channels.ts";
import type { Ask } from "./asks.ts";
import type { Azure } from "./azure.ts";
import type { EightByEight } from "./eight-by-eight.ts";
import type { Leftovers } from "./leftovers.ts";

/**
 * The live systems of a run. Each method rejects with a sentence if its system cannot be reached.
 */
export interface Live {
  readonly wanted: WantedState;
  azure(): Promise<Azure>;
  org(): Promise<Org>;
  /** Scopes that the service app gets and no command needs. */
  extraScopes(): Promise<readonly string[]>;
  eightByEight(): Promise<EightByEight>;
  /** Calls the hook from this machine with the hook secret, or with another value instead. */
  hook(body: object, secret?: string): Promise<Sent>;
  /** Sends any other request to the app. */
  ask(
    method: "GET" | "POST",
    path: string,
    body?: string,
    secret?: boolean,
  ): Promise<{ readonly status: number; readonly text: string }>;
  /** Sends one code to the phone of --phone. Later calls in the same run return the same result. */
  code(channel: Channel): Promise<SentCode>;
  /** The secret of Okta's events. A run on a laptop needs it to send the event itself. */
  eventSecret(): Promise<string>;
  readonly person: Person;
  readonly asked: ReadonlySet<Ask>;
  /** If true, tests disturb the app even if it sent codes in the last day. */
  readonly force: boolean;
  /** In ms: how long a test waits for something that arrives later, and how often it looks. */
  readonly patienceMs: number;
  readonly pauseMs: number;
  readonly leftovers: Leftovers;
}

export interface Person {
  /** Returns the person's answer. Undefined if no person can be asked. */
  answer(question: string): Promise<string | undefined>;
  /** The person signs in once and types the code. Returns false if they did not. */
  signIn(): Promise<boolean>;
}

export interface SentCode {
  readonly sent: Sent;
  readonly at: Date;
}
