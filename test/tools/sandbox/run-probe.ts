import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import type { FakeAzure } from "../../../tools/sandbox/azure.ts";

/**
 * Runs one of the scripts beside this file with the real SDKs, in nothing but the stand-ins'
 * environment.
 */
export const run = async (azure: FakeAzure, script: string, ...args: string[]): Promise<string> => {
  const file = join(__dirname, "probes", script);
  return (await promisify(execFile)(process.execPath, [file, ...args], { env: azure.env })).stdout;
};
