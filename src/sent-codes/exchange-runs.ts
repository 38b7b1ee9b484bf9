import { createFailureWarning } from "../timing/failure-warning.ts";
import type { Exchange } from "../guard/exchange.ts";

/** Runs the exchange of counts behind the hooks, one run at a time. Nothing here throws. */
export interface ExchangeRuns {
  /** From now on it runs. The first run loads the SDK, which blocks the worker for a moment. */
  start(): void;
  /** Tells the others what they have not heard, as far as there is time: the worker is being stopped. */
  flush(): Promise<void>;
}

const flushTimeoutMs = 1_000;

/** @param everyMs How often the exchange is asked whether it is due. */
export function createExchangeRuns(
  exchange: Pick<Exchange, "run" | "hasten">,
  everyMs: number,
  warn: (message: string) => void,
): ExchangeRuns {
  const failed = createFailureWarning("The guard's counts could not be exchanged", warn);
  let running: Promise<void> | undefined;
  let started = false;

  function run(): Promise<void> {
    return (running ??= exchange
      .run(Date.now())
      .catch(failed)
      .finally(() => {
        running = undefined;
      }));
  }

  return {
    start() {
      started = true;
      void run();
      setInterval(() => void run(), everyMs).unref();
    },
    async flush() {
      if (!started) return;
      const late = new Promise<void>((resolve) => setTimeout(resolve, flushTimeoutMs).unref());
      const last = (running ?? Promise.resolve()).then(() => {
        exchange.hasten();
        return run();
      });
      await Promise.race([last, late]);
    },
  };
}
