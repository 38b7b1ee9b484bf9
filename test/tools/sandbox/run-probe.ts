import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import type { FakeAzure } from "../../../tools/sandbox/azure.ts";

/** Runs a script of probes/ with the real SDKs and only the stand-ins' environment. */
export const run = async (azure: FakeAzure, script: string, ...args: string[]): Promise<string> => {
  const file = join(__dirname, "probes", script);
  return (await promisify(execFile)(process.execPath, [file, ...args], { env: azure.env })).stdout;
};
