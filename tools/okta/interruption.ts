const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Keeps the process alive after Ctrl-C or another stop signal, until the change is undone. */
export function catchInterruption(say: (line: string) => void) {
  let stopped = false;
  const onSignal = () => {
    if (!stopped) say("Stopping. The unfinished change is undone first.");
    stopped = true;
  };
  // After SIGHUP, writing to the closed terminal would end the process.
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
