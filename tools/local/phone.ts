import { join } from "node:path";
import type { FakeAzure } from "../sandbox/azure.ts";
import type { SecondHook } from "../sandbox/second-hook.ts";
import type { Received, RecordedRequest, Sandbox8x8 } from "../sandbox/8x8.ts";
import { hasSecondHook } from "./phone/app-answer.ts";
import { createFaults } from "./phone/faults.ts";
import type { PhoneApp } from "./phone/phone-app.ts";
import type { Explained, Provider } from "./phone/protocol.ts";
import { createRoutes } from "./phone/routes.ts";
import { createServeOwn, Refusal } from "./phone/serve-own.ts";
import { createStore } from "./phone/store.ts";
import { createTraffic } from "./phone/traffic.ts";
import { product } from "../product.ts";

const warningLimit = 20;

export type Phone = ReturnType<typeof createPhone>;

export function createPhone() {
  const store = createStore();
  const traffic = createTraffic(store);
  let running: PhoneApp | undefined;
  let explained: readonly Explained[] = [];
  let warnings: readonly string[] = [];
  let switchFault: (wish: unknown) => void = () => {
    throw new Refusal(409, "The services are still starting. Try again in a moment.");
  };
  const routes = createRoutes({
    store,
    traffic,
    switchFault: (wish) => {
      switchFault(wish);
    },
    app: () => running,
    commands: () => explained,
    warnings: () => warnings,
  });
  const eventsOf = (provider: Provider) => ({
    onRequest: afterReports((request: RecordedRequest) => {
      traffic.asked(request, provider);
    }),
    onAnswer: afterReports(traffic.answered),
    onMessage: afterReports((message: Received, request: RecordedRequest) => {
      traffic.received(message, request, hasSecondHook(running) ? provider : undefined);
    }),
  });
  return {
    sandboxOptions: {
      ...eventsOf("8x8"),
      onReceipt: afterReports(traffic.receipt),
      serveOwn: createServeOwn(join(product, "tools/local/phone/page"), routes),
    },
    secondHookOptions: eventsOf("second-hook"),
    /** Lets the page switch the faults of the sandbox, the second hook and Azure's stand-ins. */
    attach(
      eightByEight: Sandbox8x8,
      secondHook: Pick<SecondHook, "behave">,
      azure?: FakeAzure,
    ): void {
      switchFault = createFaults(store, {
        eightByEight,
        secondHook,
        azure,
        hasSecondHook: () => hasSecondHook(running),
      });
    },
    numberOf: traffic.numberOf,
    report: traffic.report,
    /** Call this function when the app has started. */
    serves(app: PhoneApp): void {
      running = app;
      // A second hook that is off must not fail when it is switched on again.
      if (!hasSecondHook(app)) switchFault({ of: "second-hook", fault: "none" });
      store.appChanged();
    },
    /** Call this function for each line that the app prints. */
    printed(line: string): void {
      if (!/^(?:error|warning|critical)\b/i.test(line)) return;
      warnings = [...warnings, line].slice(-warningLimit);
      store.appChanged();
    },
    /** Call this function before the app starts again. */
    restarts(): void {
      warnings = [];
    },
    explains(commands: readonly Explained[]): void {
      explained = commands;
    },
  };
}

/** The host's report of a request must come before a provider's report of this request. */
function afterReports<Seen extends unknown[]>(
  show: (...seen: Seen) => void,
): (...seen: Seen) => void {
  return (...seen) => {
    setImmediate(show, ...seen);
  };
}
