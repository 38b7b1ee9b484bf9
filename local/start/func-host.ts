import { spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";

const coreTools = "https://learn.microsoft.com/azure/azure-functions/functions-run-local";

export interface Host {
  readonly url: string;
  /** Settles when the process has ended, however it did. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/** The real host, of Azure Functions Core Tools. What is in the environment wins over local.settings.json. */
export async function startFuncHost(env: Record<string, string>, port: string): Promise<Host> {
  const child = spawn("func", ["start", "--port", port], {
    env: { ...env, FUNCTIONS_WORKER_RUNTIME: "node" },
    stdio: ["ignore", "inherit", "inherit"],
    shell: process.platform === "win32",
  });
  const failed = new Promise<never>((_, reject) => {
    child.once("error", () => {
      reject(new Error(`func is not installed: ${coreTools}`));
    });
    child.once("close", () => {
      reject(new Error("func has ended."));
    });
  });
  const ended = failed.catch(() => undefined);
  const url = `http://127.0.0.1:${port}`;
  while (!(await answers(`${url}/api/health`))) await Promise.race([sleep(250), failed]);
  return {
    url,
    ended,
    async stop() {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    () => true,
    () => false,
  );
}
