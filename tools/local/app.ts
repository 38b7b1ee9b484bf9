import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Report } from "./host/observer.ts";
import { product } from "../product.ts";

const source = join(product, "tools/local/host.ts");
const hostFile = existsSync(source) ? source : join(product, "tools/local-host.js");

export interface App {
  readonly url: string;
  readonly pid: number;
  output(): string;
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

export interface AppOptions {
  /** The folder of package.json. Default: this project. */
  readonly app?: string;
  /** Default: any free port. */
  readonly port?: string;
  readonly onOutput?: (text: string) => void;
  /** Without this callback, the host reports nothing. */
  readonly onReport?: (report: Report) => void;
}

/**
 * Runs the local host in a process that does not inherit the environment. The new process ends if
 * this process is killed.
 */
export async function startApp(
  env: Record<string, string>,
  { app = product, port = "0", onOutput, onReport }: AppOptions = {},
): Promise<App> {
  const args = ["--app", app, "--port", port, ...(onReport === undefined ? [] : ["--observe"])];
  // Tests start many apps, which share the cache of compiled code.
  const { PATH, NODE_COMPILE_CACHE } = process.env;
  const child = spawn(process.execPath, [hostFile, ...args], {
    env: { PATH, NODE_COMPILE_CACHE, ...env },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  if (onReport !== undefined) child.on("message", onReport);
  let output = "";
  const ended = once(child, "close").then(() => undefined);
  const url = await new Promise<string>((listening, failed) => {
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding("utf8").on("data", (text: string) => {
        output += text;
        onOutput?.(text);
        const [, address] = /^listening on (\S+)$/m.exec(output) ?? [];
        if (address !== undefined) listening(address);
      });
    void ended.then(() => {
      failed(
        new Error(
          `The app's process ended before it listened on its port. Its output was:\n${output}`,
        ),
      );
    }, failed);
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
