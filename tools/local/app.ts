import { spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import type { Report } from "./host/observer.ts";

export interface App {
  readonly url: string;
  readonly pid: number;
  /** All that it has written to stdout and stderr so far. */
  output(): string;
  /** Settles when the process has ended, however it did. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

export interface AppOptions {
  /** Directory with the package.json whose main is served; the project where not given. */
  readonly app?: string;
  /** More arguments for the local host. */
  readonly args?: readonly string[];
  readonly onOutput?: (text: string) => void;
  /** Called for each report of the app; without it, the app is not observed. */
  readonly onReport?: (report: Report) => void;
}

/**
 * Serves an app under the local host in a process of its own, which gets no environment but the one
 * given, and ends with this process: the channel to it closes even when this one is killed. To be
 * called from the project's root.
 */
export async function startApp(
  env: Record<string, string>,
  options: AppOptions = {},
): Promise<App> {
  const { app = ".", args = [], onOutput, onReport } = options;
  const observe = onReport === undefined ? [] : ["--observe"];
  const child = spawn(
    process.execPath,
    [resolve("tools/local/host.ts"), "--app", app, "--port", "0", ...observe, ...args],
    {
      // Where compiled code is kept, in tests that start many.
      env: {
        PATH: process.env["PATH"],
        NODE_COMPILE_CACHE: process.env["NODE_COMPILE_CACHE"],
        ...env,
      },
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    },
  );
  if (onReport !== undefined) child.on("message", onReport);
  let output = "";
  const ended = once(child, "close").then(() => undefined);
  const url = await new Promise<string>((listening, failed) => {
    const collect = (text: string): void => {
      output += text;
      onOutput?.(text);
      const [, address] = /^listening on (\S+)$/m.exec(output) ?? [];
      if (address !== undefined) listening(address);
    };
    child.stdout?.setEncoding("utf8").on("data", collect);
    child.stderr?.setEncoding("utf8").on("data", collect);
    child.once("error", failed);
    void ended.then(() => {
      failed(new Error(`The app ended before it listened:\n${output}`));
    });
  });
  return {
    url,
    pid: child.pid ?? 0,
    output: () => output,
    ended,
    async stop() {
      // On Windows each signal ends a process at once:
      // https://nodejs.org/api/process.html#signal-events
      if (process.platform !== "win32") child.kill("SIGTERM");
      else if (child.connected) child.send("terminate", () => undefined);
      const last = setTimeout(() => child.kill("SIGKILL"), 7_000);
      await ended;
      clearTimeout(last);
    },
  };
}
