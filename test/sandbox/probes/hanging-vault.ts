import { systemClock } from "../../../src/timing/clock.ts";
import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import type * as keyVault from "../../../src/azure/key-vault.ts";

// Run as a process of its own: how many more descriptors it has after so many reads of a vault that does not answer.
const built = createRequire(resolve("package.json"))("./dist/key-vault.cjs") as typeof keyVault;
const { KEY_VAULT_URL = "", AZURE_CLIENT_ID = "" } = process.env;
const read = built.createVaultReader(systemClock, KEY_VAULT_URL, built.createCredential(systemClock, AZURE_CLIENT_ID));
const descriptors = () => readdirSync("/proc/self/fd").length;

const before = descriptors();
const reads = Array.from({ length: Number(process.argv[2]) }, async () => {
  const signal = AbortSignal.timeout(500);
  const givenUp = new Promise((done) => {
    signal.addEventListener("abort", done);
  });
  await Promise.race([read("okta-hook-secret", 2, signal).catch(() => undefined), givenUp]);
});
await Promise.all(reads);
// Sockets end when the machine comes to it.
for (let waited = 0; descriptors() - before >= 5 && waited < 30_000; waited += 500)
  await new Promise((done) => setTimeout(done, 500));
process.stdout.write(JSON.stringify({ reads: reads.length, descriptors: descriptors() - before }));
process.exit();
