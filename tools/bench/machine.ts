import { readFileSync } from "node:fs";
import { cpus, release, totalmem } from "node:os";
import { tickMs } from "./process-usage.ts";

/** Numbers mean little without it. */
export function describeMachine() {
  return {
    date: new Date().toISOString(),
    node: process.version,
    processor: `${cpus()[0]?.model.trim() ?? "unknown"}, ${cpus().length} cores`,
    memoryGb: Math.round(totalmem() / 1024 ** 3),
    system: `${process.platform} ${release()}`,
    cpuTickMs: tickMs,
    versions: {
      "@azure/functions": versionOf("node_modules/@azure/functions"),
      applicationinsights: versionOf("node_modules/applicationinsights"),
      undici: versionOf("node_modules/undici"),
      express: versionOf("tools/bench/node_modules/express"),
      "body-parser": versionOf("tools/bench/node_modules/body-parser"),
      axios: versionOf("tools/bench/node_modules/axios"),
    },
  };
}

function versionOf(folder: string): string {
  return (JSON.parse(readFileSync(`${folder}/package.json`, "utf8")) as { version: string })
    .version;
}
