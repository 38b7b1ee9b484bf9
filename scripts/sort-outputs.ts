import { readFileSync, writeFileSync } from "node:fs";
import { sourceHashes } from "./snapshot-sources.ts";

for (const file of process.argv.slice(2)) {
  const snapshot = JSON.parse(readFileSync(file, "utf8")) as { outputs: Record<string, unknown> };
  // The Bicep compiler writes outputs in a different order each time.
  const outputs = Object.fromEntries(Object.entries(snapshot.outputs).sort());
  const madeFrom = sourceHashes(file.replace(/\.snapshot\.json$/, ".bicepparam"));
  writeFileSync(file, `${JSON.stringify({ ...snapshot, outputs, madeFrom }, null, 2)}\n`);
}
