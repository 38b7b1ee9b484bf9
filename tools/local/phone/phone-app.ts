import type { HookTarget } from "./hooks.ts";

export interface Change {
  readonly secondHook?: boolean;
  readonly settings?: Readonly<Record<string, string>>;
}

/** The app that the page shows. The page itself never gets the app's secrets. */
export interface PhoneApp extends HookTarget {
  readonly eventsUrl: string;
  readonly eventSecret: string;
  readonly settings: Readonly<Record<string, string | undefined>>;
  /** Whether the host reports requests and events to the page. The local host does. */
  readonly observed: boolean;
  /** Names and values that were set on the page. An empty value means unset. */
  readonly tried: Readonly<Record<string, string>>;
  /** Restarts the app. Throws a Refusal, and does not restart, if a setting is invalid. */
  readonly restart: (change: Change) => Promise<void>;
}
