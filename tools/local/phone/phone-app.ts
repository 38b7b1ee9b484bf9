import type { HookTarget } from "./hooks.ts";

/** The app that the page shows. The page itself never gets the app's secrets. */
export interface PhoneApp extends HookTarget {
  readonly eventsUrl: string;
  readonly eventSecret: string;
  readonly settings: Readonly<Record<string, string | undefined>>;
  /** Whether the host reports requests and events to the page. The local host does. */
  readonly observed: boolean;
  /** Restarts the app, with or without the second hook. */
  readonly switchSecondHook: (on: boolean) => Promise<void>;
}
