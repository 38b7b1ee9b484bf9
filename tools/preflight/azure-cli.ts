import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** Thrown if az fails. Has az's error message. */
export class AzureRefusal extends Error {}

/** Runs one read-only command of az, and returns its JSON. Rejects with an AzureRefusal. */
export type ReadAzure = (...words: readonly string[]) => Promise<unknown>;

const run = promisify(execFile);

export const readAzure: ReadAzure = async (...words) => {
  try {
    // In bytes. The list of a subscription's providers is the longest answer, about 10 MB.
    const limits = { maxBuffer: 64 * 1024 ** 2, timeout: 120_000 };
    const { stdout } = await run("az", [...words, "--output", "json"], limits);
    return stdout.trim() === "" ? undefined : (JSON.parse(stdout) as unknown);
  } catch (error) {
    const said = error instanceof Error && "stderr" in error ? String(error.stderr) : "";
    throw new AzureRefusal(said.trim() || String(error), { cause: error });
  }
};
