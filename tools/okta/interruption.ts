const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Keeps the process alive when a person stops it, so that a change can be undone. `check` throws
 * after a stop, and `end` gives the signals back.
 */
export function catchInterruption(say: (line: string) => void) {
  let stopped = false;
  const onSignal = () => {
    if (!stopped) say("Stopping. What was begun is undone first.");
    stopped = true;
  };
  // After SIGHUP, the terminal is gone, and a write to it would end the process.
  const ignore = () => undefined;
  for (const signal of signals) process.on(signal, onSignal);
  for (const output of [process.stdout, process.stderr]) output.on("error", ignore);
  return {
    check(): void {
      if (stopped) throw new Error("The command was stopped.");
    },
    end(): void {
      for (const signal of signals) process.off(signal, onSignal);
      for (const output of [process.stdout, process.stderr]) output.off("error", ignore);
    },
  };
}
