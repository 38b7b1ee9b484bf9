import { spawn, type ChildProcessByStdio } from "node:child_process";
import type { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { hostSettings, workerArguments } from "../../functions-host.ts";
import { createLinePrinter } from "../../terminal.ts";

const coreTools = "https://learn.microsoft.com/azure/azure-functions/functions-run-local";

export interface Host {
  readonly url: string;
  /** Settles when the process has ended, however it did. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/**
 * The real host, of Azure Functions Core Tools. What is in the environment wins over
 * local.settings.json. It sets AZURE_FUNCTIONS_ENVIRONMENT itself, and does not start where that
 * file sets it too: https://github.com/Azure/azure-functions-core-tools/issues/2465
 */
export async function startFuncHost(env: Record<string, string>, port: string): Promise<Host> {
  const child = spawnFunc(port, {
    ...hostSettings,
    ...env,
    FUNCTIONS_WORKER_RUNTIME: "node",
    // Core Tools take the PATH's, which may be too old for the app.
    languageWorkers__node__defaultExecutablePath: process.execPath,
    languageWorkers__node__arguments: workerArguments,
  });
  for (const output of [child.stdout, child.stderr])
    output.setEncoding("utf8").on("data", createLinePrinter());
  const failed = new Promise<never>((_, reject) => {
    child.once("error", () => {
      reject(new Error(`func is not installed: ${coreTools}`));
    });
    child.once("close", () => {
      reject(new Error(`func has ended. If it was not found, install it: ${coreTools}`));
    });
  });
  const ended = failed.catch(() => undefined);
  const url = `http://127.0.0.1:${port}`;
  while (!(await Promise.race([isUp(url), failed]))) await Promise.race([sleep(250), failed]);
  return {
    url,
    ended,
    async stop() {
      if (onWindows)
        spawn("taskkill", ["/pid", String(child.pid), "/t", "/f"], { stdio: "ignore" });
      else child.kill("SIGTERM");
      await ended;
    },
  };
}

const onWindows = process.platform === "win32";

function spawnFunc(
  port: string,
  env: Record<string, string>,
): ChildProcessByStdio<null, Readable, Readable> {
  const options = { env, stdio: ["ignore", "pipe", "pipe"] as ["ignore", "pipe", "pipe"] };
  // npm installs func as a batch file on Windows, which only a shell starts. So the shell is the
  // child, and func has to be ended with it:
  // https://nodejs.org/api/child_process.html#spawning-bat-and-cmd-files-on-windows
  if (onWindows) return spawn(`func start --port ${port}`, { ...options, shell: true });
  return spawn("func", ["start", "--port", port], options);
}

/** Healthy or not, the app answers with this JSON. Another server on the port would not. */
async function isUp(url: string): Promise<boolean> {
  try {
    const answer = await fetch(`${url}/api/health`, { signal: AbortSignal.timeout(2_000) });
    return /"status":"(?:un)?healthy"/.test(await answer.text());
  } catch {
    return false;
  }
}
