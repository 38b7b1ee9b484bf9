import { join } from "node:path";
import type { FakeAzure } from "../sandbox/azure.ts";
import type { SecondHook } from "../sandbox/second-hook.ts";
import type { Received, RecordedRequest, Sandbox8x8 } from "../sandbox/8x8.ts";
import { createFaults } from "./phone/faults.ts";
import type { PhoneApp } from "./phone/phone-app.ts";
import type { Explained, Provider } from "./phone/protocol.ts";
import { createRoutes } from "./phone/routes.ts";
import { createServeOwn, Refusal } from "./phone/serve-own.ts";
import { createStore } from "./phone/store.ts";
import { createTraffic } from "./phone/traffic.ts";
import { product } from "../product.ts";

export type Phone = ReturnType<typeof createPhone>;

export function createPhone() {
  const store = createStore();
  const traffic = createTraffic(store);
  let running: PhoneApp | undefined;
  let explained: readonly Explained[] = [];
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
  });
  const eventsOf = (provider: Provider) => ({
    onRequest: afterReports((request: RecordedRequest) => {
      traffic.asked(request, provider);
    }),
    onAnswer: afterReports(traffic.answered),
    onMessage: afterReports((message: Received, request: RecordedRequest) => {
      const hasTwo = running?.settings["SECOND_HOOK_URL"]?.trim();
      traffic.received(message, request, hasTwo ? provider : undefined);
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
    attach(eightByEight: Sandbox8x8, secondHook?: SecondHook, azure?: FakeAzure): void {
      switchFault = createFaults(store, { eightByEight, secondHook, azure });
    },
    numberOf: traffic.numberOf,
    report: traffic.report,
    /** Call this function when the app has started. */
    serves(app: PhoneApp): void {
      running = app;
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
