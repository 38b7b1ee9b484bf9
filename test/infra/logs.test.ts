// Tests which logs are kept and where.
import { globSync } from "node:fs";
import { all, environments, logOf, main, one, readProjectFile } from "./snapshot.ts";

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
  const resource = (type: string) => logOf(snapshot, one(snapshot, type))?.["properties"];

  it("the workspace gets the vault's audit log", () => {
    expect(resource("Microsoft.KeyVault/vaults")).toEqual({
      workspaceId: workspace.id,
      logAnalyticsDestinationType: "Dedicated",
      logs: [{ categoryGroup: "audit", enabled: true }],
      metrics: [{ category: "AllMetrics", enabled: true }],
    });
  });

  it("the workspace gets a log of written and deleted blobs", () => {
    expect(resource("Microsoft.Storage/storageAccounts/blobServices")).toEqual({
      workspaceId: workspace.id,
      logs: [
        { category: "StorageWrite", enabled: true },
        { category: "StorageDelete", enabled: true },
      ],
    });
  });

  it("the workspace gets the host's log", () => {
    expect(resource("Microsoft.Web/sites")).toEqual({
      workspaceId: workspace.id,
      logs: [{ category: "FunctionAppLogs", enabled: true }],
    });
  });

  it("only the vault, the blobs and the app send logs", () => {
    expect(all(snapshot, "Microsoft.Insights/diagnosticSettings")).toHaveLength(3);
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
