import { execFile, spawn, type ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import type { Readable } from "node:stream";
import { promisify } from "node:util";
import { until } from "../../until.ts";
import { buildApp } from "../../worker/built.ts";

export const shell = async (command: string): Promise<string> =>
  (await promisify(execFile)("/bin/sh", ["-c", command])).stdout;

// The command start prints a blank line after each of these commands, to make them easy to select.
export const hookCurl = /^(curl .*\/api\/okta\/telephony .*)\n\n/m;
export const voiceHook = /^(npx --no okta-8x8-telephony hook .*--channel voice .*)\n\n/m;
export const receiptCurl = /^(curl .*\/sandbox\/receipt .*)\n\n/m;
export const faultCurl = /^(curl .*\/sandbox\/fault .*)\n\n/m;

/** From the environment of this process, the script gets only PATH and the compile cache. */
export class Command {
  readonly #child: ChildProcessByStdio<null, Readable, Readable>;
  readonly #ended: Promise<unknown[]>;
  output = "";

  constructor(
    script: string,
    args: readonly string[],
    env: Record<string, string> = {},
    cwd = ".",
  ) {
    buildApp();
    const options = {
      cwd,
      env: {
        PATH: process.env["PATH"],
        NODE_COMPILE_CACHE: process.env["NODE_COMPILE_CACHE"],
        ...env,
      },
    };
    this.#child = spawn(process.execPath, [resolve(script), ...args], {
      ...options,
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream.setEncoding("utf8").on("data", (chunk: string) => (this.output += chunk));
    this.#ended = once(this.#child, "close");
  }

  /** Waits until the output matches the pattern, and returns the first group of the match. */
  async printed(pattern: RegExp): Promise<string> {
    const find = () => pattern.exec(this.output);
    await until(() => find() !== null).catch(() => {
      throw new Error(`The output does not match ${pattern.source}. It is:\n${this.output}`);
    });
    return find()?.[1] ?? "";
  }

  async ended(): Promise<unknown> {
    return (await this.#ended)[0];
  }

  stop(signal: NodeJS.Signals = "SIGTERM"): Promise<unknown> {
    this.#child.kill(signal);
    return this.ended();
  }
}

/** The hook secret contains a quote, to test that printed commands escape the quote. */
export function npmStart(
  args: readonly string[],
  env: Record<string, string> = {},
  cwd?: string,
): Command {
  const anyPorts = ["--port", "0", "--sandbox-port", "0", "--okta-port", "0"];
  return new Command(
    "tools/local/main.ts",
    [...anyPorts, ...args],
    { OKTA_HOOK_SECRET: "it's a local secret", ...env },
    cwd,
  );
}
