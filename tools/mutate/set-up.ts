import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import setUp from "../../test/global-setup.ts";

/** Once for a process of Stryker's, not for each mutant: all of them are in one build. */
export default async function setUpOnce(): Promise<void> {
  if (process.env["TEST_PROGRAMS"] !== undefined) return;
  mkdirSync(resolve(__dirname, "../../.cache"), { recursive: true });
  await setUp();
}
