import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { promisify } from "node:util";
import type { Running } from "./contestants.ts";
import { hook } from "./surroundings.ts";

/** Part of autocannon's result. A mismatch is an answer without SUCCESSFUL. */
export interface Load {
  readonly "2xx": number;
  readonly non2xx: number;
  readonly mismatches: number;
  readonly errors: number;
  /** Duration in seconds. */
  readonly duration: number;
}

export async function sendLoad({ title, url }: Running, load: object): Promise<Load> {
  const program = resolve("tools/bench/autocannon.js");
  const options = JSON.stringify({ ...hook, ...load, url });
  const { stdout } = await promisify(execFile)(process.execPath, [program, options]);
  return checked(title, JSON.parse(stdout) as Load);
}

/** Throws if the answer to any request was not SUCCESSFUL. */
export function checked(title: string, load: Load): Load {
  // autocannon counts an answer with a status other than 2xx as a mismatch too.
  const failed = Math.max(load.non2xx, load.mismatches) + load.errors;
  const all = load["2xx"] + load.non2xx + load.errors;
  if (failed > 0 || all === 0)
    throw new Error(broken(title, `failed ${failed} of ${all} requests`));
  return load;
}

/** Rejects if the answer is not SUCCESSFUL. */
export async function sendFirst({ title, url }: Running): Promise<void> {
  const response = await fetch(url, hook);
  const text = await response.text();
  if (response.status !== 200 || !text.includes('"SUCCESSFUL"'))
    throw new Error(broken(title, `first answered HTTP ${response.status}, not SUCCESSFUL`));
}

function broken(title: string, what: string): string {
  return `Nothing was measured, because ${title} ${what}. Fix ${title} and run the benchmark again.`;
}
