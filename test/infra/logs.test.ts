import { globSync } from "node:fs";
import { at, readProjectFile } from "./snapshot.ts";

it("host.json stops a call after 30 s, and samples no requests, because alerts count them", () => {
  const host: unknown = JSON.parse(readProjectFile("host.json"));
  expect(host).toMatchObject({
    functionTimeout: "00:00:30",
    // If `default` were set, Core Tools would print about 330 lines before the first URL.
    logging: { logLevel: { Function: "Warning", "Host.Results": "Information" } },
  });
  expect(at(host, "logging.logLevel.default")).toBe(undefined);
  // For each oversized body, the host logs two exceptions or traces of 2 KB. Both are sampled.
  expect(at(host, "logging.applicationInsights.samplingSettings.includedTypes")).toBe(
    "Exception;Trace",
  );
});

it("documents and queries name only logs that the workspace gets", () => {
  // The snapshots show the other logs. own-network.programs.test.ts tests the log of the table.
  const kept = ["AZKVAuditLogs", "FunctionAppLogs", "StorageBlobLogs", "StorageTableLogs"];
  const files = globSync(["docs/**/*.md", "infra/queries/**/*.kql"]);
  const named = files.flatMap(
    (file) => readProjectFile(file).match(/\b[A-Z][A-Za-z]+Logs\b/g) ?? [],
  );
  expect(named.filter((log) => !kept.includes(log))).toEqual([]);
});
