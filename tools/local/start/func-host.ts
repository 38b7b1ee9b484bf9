import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { existsSync } from "node:fs";
import { product } from "../../product.ts";
import { hostSettings, workerArguments } from "../../functions-host.ts";
import { createLinePrinter } from "../../terminal.ts";

export interface Host {
  readonly url: string;
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

const onWindows = process.platform === "win32";

/**
 * Starts Azure Functions Core Tools. Environment variables override local.settings.json. Core Tools
 * sets AZURE_FUNCTIONS_ENVIRONMENT, and does not start if local.settings.json sets the variable
 * too:
 * https://github.com/Azure/azure-functions-core-tools/issues/2465
 */
export async function startFuncHost(env: Record<string, string>, port: string): Promise<Host> {
  const [command, ...args] = onWindows
    ? [`func start --port ${port}`]
    : ["func", "start", "--port", port];
  const child = spawn(command, args, {
    env: {
      ...hostSettings,
      ...env,
      FUNCTIONS_WORKER_RUNTIME: "node",
      // By default, Core Tools uses the Node on the PATH, which may be too old for the app.
      languageWorkers__node__defaultExecutablePath: process.execPath,
      languageWorkers__node__arguments: workerArguments,
    },
    // In a company's repository, the app is in the installed package.
    ...(!existsSync("host.json") && { cwd: product }),
    stdio: ["ignore", "pipe", "pipe"],
    // On Windows, npm installs func as a batch file, which only a shell can start:
    // https://nodejs.org/api/child_process.html#spawning-bat-and-cmd-files-on-windows
    shell: onWindows,
  });
  for (const output of [child.stdout, child.stderr])
    output.setEncoding("utf8").on("data", createLinePrinter());
  const ended = once(child, "close").then(
    () => undefined,
    () => undefined,
  );
  const failed = ended.then(() => {
    throw new Error(
      "func has ended, or is not installed. To install Azure Functions Core Tools, read https://learn.microsoft.com/azure/azure-functions/functions-run-local",
    );
  });
  failed.catch(() => undefined);
  const url = `http://127.0.0.1:${port}`;
  while (!(await Promise.race([isUp(url), failed]))) await Promise.race([sleep(250), failed]);
  return {
    url,
    ended,
    async stop() {
      // On Windows, taskkill ends the shell and func, which is a child of the shell.
      if (onWindows)
        spawn("taskkill", ["/pid", String(child.pid), "/t", "/f"], { stdio: "ignore" });
      else child.kill("SIGTERM");
      await ended;
    },
  };
}

/** Returns true if the app answers `healthy` or `unhealthy`. */
async function isUp(url: string): Promise<boolean> {
  try {
    const answer = await fetch(`${url}/api/health`, { signal: AbortSignal.timeout(2_000) });
    return /"status":"(?:un)?healthy"/.test(await answer.text());
  } catch {
    return false;
  }
}
