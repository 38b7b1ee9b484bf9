import { runEveryMs, type Exchange } from "../guard/exchange.ts";
import type { Clock } from "../timing/clock.ts";
import { createFailureWarning } from "../timing/failure-warning.ts";
import { createRunner } from "../timing/runner.ts";

/** Runs the exchange of counts in the background. Nothing here throws. */
export interface ExchangeRuns {
  /** Starts it. The first run loads the SDK, which blocks the event loop for a moment. */
  open(): void;
  /** Sends what other instances have not read yet, as far as there is time, because the worker stops. */
  flush(): Promise<void>;
}

const flushTimeoutMs = 1_000;

export function createExchangeRuns(
  clock: Clock,
  exchange: Pick<Exchange, "run" | "hasten">,
  warn: (message: string) => void,
): ExchangeRuns {
  const failed = createFailureWarning(clock, "The guard's counts could not be exchanged", warn);
  let opened = false;
  const runner = createRunner(clock, async () => {
    if (runner.stopping) exchange.hasten();
    await exchange.run(clock.now()).catch(failed);
    return undefined;
  });
  return {
    open() {
      opened = true;
      runner.wake(0);
      const again = (): void => {
        runner.wake(0);
        clock.after(runEveryMs, again);
      };
      clock.after(runEveryMs, again);
    },
    async flush() {
      if (opened) await runner.flush(flushTimeoutMs);
    },
  };
}
