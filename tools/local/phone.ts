import { join } from "node:path";
import type { FakeAzure } from "../sandbox/azure.ts";
import type { Sandbox8x8, Sandbox8x8Options } from "../sandbox/8x8.ts";
import type { SecondHookOptions } from "../sandbox/second-hook.ts";
import { createSenderWarnings } from "./phone/sender-warnings.ts";
import { createFaults, type Faults } from "./phone/faults.ts";
import { createHooks, type HookTarget } from "./phone/hooks.ts";
import { createItems } from "./phone/items.ts";
import type { Explained } from "./phone/protocol.ts";
import { createReports, type Reports } from "./phone/reports.ts";
import { createRoutes, type AppParts } from "./phone/routes.ts";
import { createServeOwn } from "./phone/serve-own.ts";
import { readSettings } from "./phone/settings.ts";
import { createSignIn } from "./phone/sign-in.ts";
import { createStream } from "./phone/stream.ts";
import { createTraffic, type Traffic } from "./phone/traffic.ts";

/** The app that the page shows. The page itself never gets the app's secrets. */
export interface PhoneApp extends HookTarget {
  readonly eventsUrl: string;
  readonly eventSecret: string;
  readonly healthUrl: string;
  readonly settings: Readonly<Record<string, string | undefined>>;
  /** Whether the host reports requests and events to the page. The local host does. */
  readonly observed: boolean;
  readonly switchSecondHook: (on: boolean) => Promise<void>;
}

/** The phone page's server. It shows what people would get, and every step before that. */
export interface Phone {
  /** Options that make the sandbox report to the page, and serve the page on its own port. */
  readonly sandboxOptions: Required<
    Pick<Sandbox8x8Options, "onRequest" | "onAnswer" | "onMessage" | "onReceipt" | "serveOwn">
  >;
  /** Options that make the second hook's stand-in report to the page. */
  readonly secondHookOptions: Required<
    Pick<SecondHookOptions, "onRequest" | "onAnswer" | "onMessage">
  >;
  /** Makes faults switchable. Without `azure`, the page says how to start the stand-ins. */
  attach(sandbox: Sandbox8x8, azure?: FakeAzure): void;
  readonly numberOf: Traffic["numberOf"];
  /** Receives the local host's reports. */
  readonly report: Reports["report"];
  /** Call this function when the app has started. */
  serves(app: PhoneApp): void;
  /** Sets the commands that the page lists for a second terminal. */
  explains(commands: readonly Explained[]): void;
}

const tokensAlone =
  "The app accepts only tokens (OKTA_HOOK_AUTH=token), but this page has only the hook secret. Set OKTA_HOOK_AUTH=either and run npm start again.";

/** @param root The project's folder, with the page's files and docs. */
export function createPhone(root: string): Phone {
  const items = createItems();
  let running: AppParts | undefined;
  let explained: readonly Explained[] = [];
  const reports: Reports = createReports(
    () => traffic,
    (header) => running?.hooks.nOf(header),
  );
  const traffic = createTraffic(items, reports.hookOfCall, (message) =>
    running?.warningOf(message),
  );
  let faults: Faults = {
    switchFault: () => "The services are still starting. Try again in a moment.",
  };
  const route = createRoutes({
    items,
    stream: createStream(items),
    switchFault: (wish) => faults.switchFault(wish),
    app: () => running,
    commands: () => explained,
  });
  return {
    sandboxOptions: {
      onRequest: afterReports(traffic.asked),
      onAnswer: afterReports(traffic.answered),
      onMessage: afterReports((message, request) => {
        const by = running?.hasSecondHook ? "8x8" : undefined;
        traffic.received(message, request, by);
      }),
      onReceipt: afterReports(traffic.receipt),
      serveOwn: createServeOwn(join(root, "tools/local/phone/page"), route),
    },
    secondHookOptions: {
      onRequest: afterReports((request) => {
        traffic.asked(request, "second-hook");
      }),
      onAnswer: afterReports(traffic.answered),
      onMessage: afterReports((message, request) => {
        traffic.received(message, request, "second-hook");
      }),
    },
    attach(sandbox, azure) {
      faults = createFaults(items, sandbox, azure);
    },
    numberOf: traffic.numberOf,
    report: reports.report,
    serves(app) {
      const hooks = createHooks(app, traffic);
      const signIn = createSignIn(items, app.eventsUrl, app.eventSecret, (message, at) => {
        // An observed app reports used codes itself.
        if (!app.observed) traffic.used(message, at);
      });
      running = {
        target: app,
        host: app.observed ? "local" : "func",
        hooks,
        signIn,
        takesNone: app.settings["OKTA_HOOK_AUTH"]?.trim() === "token" ? tokensAlone : undefined,
        warningOf: createSenderWarnings(app.settings),
        settings: () => readSettings(app.settings, app.healthUrl),
        hasSecondHook: Boolean(app.settings["SECOND_HOOK_URL"]?.trim()),
        switchSecondHook: app.switchSecondHook,
      };
    },
    explains(commands) {
      explained = commands;
    },
  };
}

/**
 * Defers the sandbox's report to the next turn of the event loop. The host's report of the same
 * request may arrive in this turn, and must come first.
 */
function afterReports<Seen extends unknown[]>(
  show: (...seen: Seen) => void,
): (...seen: Seen) => void {
  return (...seen) => {
    setImmediate(show, ...seen);
  };
}
