// Tests which logs are kept and where.
import { globSync } from "node:fs";
import { all, at, environments, list, main, one, readProjectFile, text } from "./snapshot.ts";

it("host.json stops a call after 30 s, does not throttle, and logs requests and warnings", () => {
  expect(JSON.parse(readProjectFile("host.json"))).toEqual({
    version: "2.0",
    extensions: { http: { routePrefix: "api" } },
    functionTimeout: "00:00:30",
    logging: {
      // `default` is unset. If it is set, Core Tools print about 330 lines before the first URL.
      logLevel: { Function: "Warning", "Host.Results": "Information" },
      // A request with a body over the limit writes two records of 2 KB, so exceptions and traces
      // are sampled. Requests are not sampled, because alerts count them.
      applicationInsights: {
        samplingSettings: {
          isEnabled: true,
          maxTelemetryItemsPerSecond: 5,
          includedTypes: "Exception;Trace",
        },
      },
    },
  });
});

it("documents and queries send people only to logs that are kept", () => {
  // The tests below show that the vault, the blobs and the app send these. state-table.programs.test.ts
  // shows it of the table.
  const kept = ["AZKVAuditLogs", "FunctionAppLogs", "StorageBlobLogs", "StorageTableLogs"];
  const files = globSync(["docs/**/*.md", "infra/queries/**/*.kql"]);
  const named = files.flatMap(
    (file) => readProjectFile(file).match(/\b[A-Z][A-Za-z]+Logs\b/g) ?? [],
  );
  expect(named.filter((log) => !kept.includes(log))).toEqual([]);
});

describe.each(environments)("logs of the example %s", (environment) => {
  const snapshot = main[environment];
  const workspace = one(snapshot, "Microsoft.OperationalInsights/workspaces");

  it("only the vault, the blobs and the app send logs, and only to the workspace", () => {
    const sent = all(snapshot, "Microsoft.Insights/diagnosticSettings").map(({ properties }) => [
      at(properties, "workspaceId"),
      list(properties, "logs").map((log) => text(log, "category") || text(log, "categoryGroup")),
    ]);
    expect(sent).toHaveLength(3);
    expect(sent).toEqual(
      expect.arrayContaining(
        [["audit"], ["StorageWrite", "StorageDelete"], ["FunctionAppLogs"]].map((logs) => [
          workspace.id,
          logs,
        ]),
      ),
    );
  });

  it("the workspace has a daily cap, and neither it nor Application Insights accepts access keys", () => {
    expect(workspace["properties"]).toEqual({
      sku: { name: "PerGB2018" },
      retentionInDays: 90,
      workspaceCapping: { dailyQuotaGb: { small: 1, prod: 5 }[environment] },
      features: { enableLogAccessUsingOnlyResourcePermissions: true, disableLocalAuth: true },
    });
    expect(one(snapshot, "Microsoft.Insights/components")["properties"]).toEqual({
      Application_Type: "web",
      WorkspaceResourceId: workspace.id,
      IngestionMode: "LogAnalytics",
      DisableLocalAuth: true,
      DisableIpMasking: false,
      publicNetworkAccessForIngestion: "Enabled",
      publicNetworkAccessForQuery: "Enabled",
    });
  });
});
