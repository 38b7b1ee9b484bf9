import type { Sent } from "../hook/send.ts";
import type { Org } from "../okta/org.ts";
import type { WantedState } from "../okta/wanted-state.ts";
import type { Channel } from "../../src/delivery/channels.ts";
import type { Ask } from "./asks.ts";
import type { Azure } from "./azure.ts";
import type { EightByEight } from "./eight-by-eight.ts";
import type { Leftovers } from "./leftovers.ts";

/** What is tried. Each part rejects with a sentence if it cannot be reached. */
export interface Live {
  readonly wanted: WantedState;
  azure(): Promise<Azure>;
  org(): Promise<Org>;
  /** Scopes that the service app gets and that no command needs. */
  extraScopes(): Promise<readonly string[]>;
  eightByEight(): Promise<EightByEight>;
  /** Calls the hook from here with the hook secret, or with another value in its place. */
  hook(body: object, secret?: string): Promise<Sent>;
  /** Any other request to the app. */
  ask(method: "GET" | "POST", path: string, body?: string, secret?: boolean): Promise<Answered>;
  health(): Promise<{ readonly status: number; readonly body: unknown }>;
  /** Sends one code to the phone that was named: once in a run, and then returns the same. */
  code(channel: Channel): Promise<SentCode>;
  /** Of Okta's events, for what signs in by itself. */
  eventSecret(): Promise<string>;
  readonly person: Person;
  readonly asked: ReadonlySet<Ask>;
  /** Disturbs an app that sends codes too. */
  readonly force: boolean;
  /** How long something that arrives by itself is waited for, in ms; how often it is looked for. */
  readonly patienceMs: number;
  readonly pauseMs: number;
  readonly leftovers: Leftovers;
}

export interface Answered {
  readonly status: number;
  readonly text: string;
}

export interface SentCode {
  readonly sent: Sent;
  readonly at: Date;
}

export interface Person {
  /** What they answer; undefined if no person can be asked. */
  answer(question: string): Promise<string | undefined>;
  /** They sign in once, and type the code in. False if they did not. */
  signIn(): Promise<boolean>;
}

export type { Azure, EightByEight };
export type { Row } from "./azure.ts";
