const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Keeps the process alive after Ctrl-C or another stop signal, until the change is undone. */
export function catchInterruption(say: (line: string) => void) {
  let stops = 0;
  const onSignal = () => {
    stops += 1;
    say("Stopping. The command first tries to undo the unfinished change.");
  };
  // After SIGHUP, writing to the closed terminal would end the process.
  const ignore = () => undefined;
  for (const signal of signals) process.on(signal, onSignal);
  for (const output of [process.stdout, process.stderr]) output.on("error", ignore);
  return {
    isStopped: () => stops > 0,
    check(): void {
      if (stops > 0) throw new Error("The command was stopped.");
    },
    stops: () => stops,
    end(): void {
      for (const signal of signals) process.off(signal, onSignal);
      for (const output of [process.stdout, process.stderr]) output.off("error", ignore);
    },
  };
}
