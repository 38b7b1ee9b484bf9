import { readFileSync, writeFileSync } from "node:fs";

// The Bicep compiler writes outputs in a different order each time.
for (const file of process.argv.slice(2)) {
  const snapshot = JSON.parse(readFileSync(file, "utf8")) as { outputs: Record<string, unknown> };
  const outputs = Object.fromEntries(Object.entries(snapshot.outputs).sort());
  writeFileSync(file, `${JSON.stringify({ ...snapshot, outputs }, null, 2)}\n`);
}
